import { asGitLabStores } from './line-endings';

describe('asGitLabStores', () => {
  it.each<[string, string, string]>([
    ['CRLF becomes LF', 'a\r\nb\r\n', 'a\nb\n'],
    ['LF stays', 'a\nb', 'a\nb'],
    ['mixed line endings become LF', 'a\r\nb\nc\r\n\nd', 'a\nb\nc\n\nd'],
    ['an empty file stays', '', ''],
    ['a lone CR makes it binary: nothing changes', 'a\r\nb\rc', 'a\r\nb\rc'],
    ['a NUL makes it binary', 'a\r\n\0', 'a\r\n\0'],
    ['many control characters make it binary', 'a\r\n\x01\x02', 'a\r\n\x01\x02'],
    ['a trailing Ctrl-Z is forgiven', 'a\r\n\x1a', 'a\n\x1a'],
    ['a CR at the end makes it binary', 'a\r\nb\r', 'a\r\nb\r'],
    ['a Delete counts as a control character', 'a\r\n\x7f', 'a\r\n\x7f'],
    ['blanks are printable', 'a\r\n  ', 'a\n  '],
    ['backspace, tab, escape and form feed are printable', 'a\r\n\b\t\x1b\f', 'a\n\b\t\x1b\f'],
    [
      'one control character among 128 others is text',
      `${'a'.repeat(128)}\r\n\x01`,
      `${'a'.repeat(128)}\n\x01`,
    ],
    ['one among 127 makes it binary', `${'a'.repeat(127)}\r\n\x01`, `${'a'.repeat(127)}\r\n\x01`],
    ['a Ctrl-Z elsewhere is not forgiven', '\x1a\r\na', '\x1a\r\na'],
    ['only one trailing Ctrl-Z is forgiven', 'a\r\n\x1a\x1a', 'a\r\n\x1a\x1a'],
    ['a BOM and umlauts are text', '\uFEFFä\r\nö', '\uFEFFä\nö'],
  ])('%s', (_, given, stored) => {
    expect(asGitLabStores(Buffer.from(given)).toString()).toBe(stored);
  });
});
