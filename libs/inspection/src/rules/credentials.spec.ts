import { charactersRead } from '../../../../test/support/backtracking';
import { CREDENTIAL_RULES, credentialsIn, withoutCredentials } from './credentials';

/** Built here, so that no scanner reports this file as a leak. */
const A = (length: number) => 'a1B2c3D4e5F6g7H8i9J0kLmNoPqRsTuVwXyZ'.repeat(60).slice(0, length);
const JWT = `eyJ${A(20)}.eyJ${A(40)}.${A(43)}`;
const found = (text: string) => credentialsIn(text).map(({ text }) => text);

/** Beginnings of credentials, and repetitions in which one could begin everywhere. */
const PIECES = [
  ...['-eyJ', 'eyJ-', 'eyJaaaaaaaaaa.', '.eyJ', `${'-eyJ'.repeat(150)}.eyJ${A(1_990)}.b `],
  ...[
    'a',
    '-',
    '_',
    ' ',
    '.',
    'a.',
    'glpat-',
    'gl',
    'ghp_',
    'github_pat_',
    'AKIA',
    'AIza',
    'xoxb-',
    'hf_',
    'npm_',
  ],
  ...['SG.', `SG.${A(22)}.`, 'dapi', 'sk-ant-', 'sk_live_', '-----BEGIN A ', '-----BEGIN ', '----------'],
  ...['hooks.slack.com/services/T', 'a://', 'x://y:', 'x://yy:yy@', 'a:b@', 'http://', `a://${A(90)}:`],
];

describe('Credentials', () => {
  it.each(CREDENTIAL_RULES)('are looked for in linear time: $name', ({ form }) => {
    const slow = PIECES.flatMap((piece) => {
      const text = piece.repeat(Math.ceil(8_000 / piece.length));
      const perCharacter = charactersRead(form, text) / text.length;
      return perCharacter > 50 ? [`${piece.slice(0, 20)}: ${perCharacter}`] : [];
    });
    expect(slow).toEqual([]);
  });

  it.each([
    ['at the start', JWT, [JWT]],
    ['behind other characters of a part', `bearer-${JWT}`, [JWT]],
    ['behind a beginning that is too far', `eyJ-${A(700)}-${JWT}`, [JWT]],
    ['from the first beginning that is near enough', `eyJ-eyJ${JWT.slice(3)}`, [`eyJ-eyJ${JWT.slice(3)}`]],
    ['twice', `${JWT} ${JWT} x${JWT}`, [JWT]],
    ['two that differ', `${JWT} ${JWT}x`, [JWT, `${JWT}x`]],
    ['no part of one that was found', `${JWT}.eyJ${A(40)}.${A(43)}`, [JWT]],
    ['not within a word', `x${JWT}`, []],
    ['not where a part is too short', `eyJ${A(9)}.eyJ${A(40)}.${A(43)}`, []],
    ['not without its last part', `eyJ${A(20)}.eyJ${A(40)}.${A(19)}`, []],
  ])('are JSON web tokens %s', (_, text, tokens) => expect(found(text)).toEqual(tokens));

  it('are taken out of a text, each and wherever it stands', () => {
    const token = `glpat-${A(20)}`;
    const text = `a ${token} b ${JWT}, ${token} postgres://report:hunter2@db glpat-xxxxxxxxxxxxxxxxxxxx`;
    expect(withoutCredentials(text)).toBe(
      'a [redacted] b [redacted], [redacted] [redacted]db glpat-xxxxxxxxxxxxxxxxxxxx',
    );
    expect(withoutCredentials('nothing')).toBe('nothing');
  });
});
