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
    ['a BOM and umlauts are text', '\uFEFFä\r\nö', '\uFEFFä\nö'],
  ])('%s', (_, given, stored) => {
    expect(asGitLabStores(Buffer.from(given)).toString()).toBe(stored);
  });
});
