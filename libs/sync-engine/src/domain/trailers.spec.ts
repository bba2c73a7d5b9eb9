import { signed, withTrailers } from './trailers';

describe('withTrailers', () => {
  it.each<[string, string, string]>([
    ['appends the trailers', 'Explain churn', 'Explain churn\n\nDot-Change-Id: 7\nDot-Source: agent'],
    [
      'quotes lines that pose as ours',
      'x\ndot-change-id: 9',
      'x\n> dot-change-id: 9\n\nDot-Change-Id: 7\nDot-Source: agent',
    ],
    ['never leaves the message empty', '  ', 'Update context files\n\nDot-Change-Id: 7\nDot-Source: agent'],
  ])('%s', (_, message, expected) => {
    expect(withTrailers(message, '7', 'agent')).toBe(expected);
  });
});

describe('A commit for several people', () => {
  const [ada, bob] = ['Ada', 'Bob'].map((name) => ({ name, email: `${name.toLowerCase()}@example.com` }));
  const credit = '\nCo-authored-by: Ada <ada@example.com>';
  const team = Array.from({ length: 60 }, () => ada);

  it.each([
    ['has its only author', [ada], false, ada, ''],
    [
      'is by Dot, and credits all',
      [ada, bob],
      false,
      { name: 'Dot', email: 'dot@dot.invalid' },
      `${credit}\nCo-authored-by: Bob <bob@example.com>`,
    ],
    ['is by Dot without an author', [], false, { name: 'Dot', email: 'dot@dot.invalid' }, ''],
    ['is by the user of the token, and credits its author', [ada], true, null, credit],
    ['credits fifty people', team, true, null, credit.repeat(50)],
  ])('%s', (_, authors, fallbackAuthor, author, credits) => {
    const contribution = { authors, message: ' Explain ', id: '7', source: 'user' } as const;
    expect(signed(contribution, { messagePrefix: '[dot] ', fallbackAuthor })).toEqual({
      ...{ author, message: `[dot] Explain\n\nDot-Change-Id: 7\nDot-Source: user${credits}` },
    });
  });
});
