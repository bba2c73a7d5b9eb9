import {
  descriptionOf,
  inertBlock,
  inertCode,
  inertTitle,
  LARGEST_DESCRIPTION,
  storedDescription,
  undraftedMessage,
} from './inert-text';

describe('A title made of a text from outside', () => {
  it.each([
    ['notes/churn.md', 'notes/churn.md'],
    ['Überblick – 3 Änderungen (neu)', 'Überblick – 3 Änderungen (neu)'],
    ['Draft: plan', 'Draft： plan'],
    ['  [draft] plan', '［draft］ plan'],
    ['(DRAFT) plan', '（DRAFT） plan'],
    ['drafts: plan', 'drafts: plan'],
    ['fixup! plan', 'fixup！ plan'],
    ['a squash! plan', 'a squash！ plan'],
    ['ask @all about #1, !2 and ~bug', 'ask ＠all about ＃1, ！2 and ～bug'],
    ['Closes PROJ-12', 'Closes PROJ‑12'],
    ['Fixes https://gitlab.com/a/b/-/issues/1', 'Fixes https：//gitlab.com/a/b/-/issues/1'],
    ['/close', '／close'],
    ['one\n/close\r\n\ttwo', 'one /close two'],
    ['`x` *y* [z](u) <b> \\', '｀x｀ ＊y＊ ［z］(u) ＜b＞ ＼'],
    ['a\u202Eb', 'a＼u{202E}b'],
    ['', '…'],
    ['\u2028', '…'],
  ])('%j becomes %j', (text, title) => expect(inertTitle(text)).toBe(title));

  it('has at most 255 characters', () => {
    expect(inertTitle('x'.repeat(255))).toBe('x'.repeat(255));
    expect(inertTitle('😀'.repeat(300))).toBe(`${'😀'.repeat(254)}…`);
  });
});

describe('A message of a commit', () => {
  it.each([
    ['Draft: plan\n\nfixup! body', 'Draft： plan\n\nfixup! body'],
    ['fixup! plan', 'fixup！ plan'],
    ['Change notes\n\nCloses #1', 'Change notes\n\nCloses #1'],
    ['Add @all', 'Add @all'],
  ])('%j is committed as %j', (message, committed) => expect(undraftedMessage(message)).toBe(committed));
});

describe('A name in a description', () => {
  it.each([
    ['notes/a b.md', '` notes/a b.md `'],
    ['a`b``c', '``` a`b``c ```'],
    ['``', '``` `` ```'],
    ['x\n/merge', '` x /merge `'],
    ['Closes #1.md', '` Closes ＃1.md `'],
    ['@all', '` @all `'],
    [' ', '` … `'],
  ])('%j is shown as %j', (name, code) => expect(inertCode(name)).toBe(code));
});

describe('A message in a description', () => {
  it.each([
    ['one\ntwo', '```text\n one\n two\n```'],
    ['/close\r\n\r\n/merge', '```text\n /close\n\n /merge\n```'],
    ['```\n/close\n```', '````text\n ```\n /close\n ```\n````'],
    ['`````', '``````text\n `````\n``````'],
    ['Closes #12 and ABC-3', '```text\n Closes ＃12 and ABC‑3\n```'],
    ['closes [issue:12]', '```text\n closes ［issue:12]\n```'],
    ['a\u0000\u2028/close', '```text\n a\\u{0}\\u{2028}/close\n```'],
    ['', '```text\n\n```'],
  ])('%j is shown as %j', (message, block) => expect(inertBlock(message)).toBe(block));

  it('takes linear time', () => {
    const hostile = ['A'.repeat(400_000), 'A-1'.repeat(150_000), '`'.repeat(400_000), '#1'.repeat(200_000)];
    for (const text of hostile) expect(inertBlock(text).length).toBeGreaterThan(text.length);
  });
});

describe('A description', () => {
  const rest = (left: number) => `and ${left} more`;

  it('has all parts if they fit', () => expect(descriptionOf(['a', 'b'], rest)).toBe('a\n\nb'));

  it('has as many whole parts as fit in 1 MiB of bytes, and says how many it left out', () => {
    const part = 'é'.repeat(100_000);
    const parts = Array.from({ length: 8 }, () => part);
    const description = descriptionOf(parts, rest);
    expect(Buffer.byteLength(description)).toBeLessThanOrEqual(LARGEST_DESCRIPTION);
    expect(description.split('\n\n')).toEqual([...parts.slice(0, 5), 'and 3 more']);
  });

  it('is compared as GitLab stores it', () => {
    expect(storedDescription('a\r\n\r\nb \r\n\n')).toBe('a\n\nb');
  });
});
