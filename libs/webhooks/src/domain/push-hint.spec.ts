import { commitOf, readHint } from './push-hint';

const AFTER = 'b'.repeat(40);
const ZEROS = '0'.repeat(40);

describe('The commit a delivery names', () => {
  it.each<[string, unknown, string | null]>([
    ['a commit', AFTER, AFTER],
    ['a commit of a SHA-256 repository', 'd'.repeat(64), 'd'.repeat(64)],
    ['the zeros of a deleted branch', ZEROS, null],
    ['no commit id', 'main', null],
    ['something a database would choke on', `${'a'.repeat(40)}\0`, null],
    ['nothing', undefined, null],
  ])('%s', (_, after, commit) => {
    expect(commitOf(readHint(Buffer.from(JSON.stringify({ after }))))).toBe(commit);
  });
});
