import { commitOf, isNoCommit, readHint, type PushHint } from './push-hint';

const AFTER = 'b'.repeat(40);
const ZEROS = '0'.repeat(40);

describe('The commit a delivery names', () => {
  it.each<[string, unknown, string | null]>([
    ['a commit', AFTER, AFTER],
    ['a commit of a SHA-256 repository', 'd'.repeat(64), 'd'.repeat(64)],
    ['the zeros of a deleted branch', ZEROS, null],
    ['no commit id', 'main', null],
    ['something a database would choke on', `${'a'.repeat(40)}\0`, null],
    ['something before a commit id', `x${AFTER}`, null],
    ['nothing', undefined, null],
  ])('%s', (_, after, commit) => {
    expect(commitOf(readHint(Buffer.from(JSON.stringify({ after }))))).toBe(commit);
  });
});

describe('The hint of a body', () => {
  const nameOf = (letters: number) => 'x'.repeat(letters);

  it.each<[string, string | null, PushHint]>([
    ['that was not kept', null, {}],
    ['that is no JSON', '{', {}],
    ['that is no object', '"push"', {}],
    ['that is null', 'null', {}],
    ['with the longest text', JSON.stringify({ ref: nameOf(1_000) }), { ref: nameOf(1_000) }],
    ['with a longer text', JSON.stringify({ ref: nameOf(1_001) }), {}],
    ['with the event name of old versions', '{"event_name":"push"}', { kind: 'push' }],
    ['without a project', '{"project":null,"project_id":7}', { projectId: '7' }],
    [
      'of a project',
      '{"project":{"path_with_namespace":"a/b"},"project_id":"7"}',
      { projectId: '7', projectPath: 'a/b' },
    ],
  ])('%s', (_, body, hint) => {
    expect({ ...readHint(body === null ? null : Buffer.from(body)) }).toEqual(hint);
  });

  it.each([
    [ZEROS, true],
    [`${ZEROS}1`, false],
    [`1${ZEROS}`, false],
    [undefined, false],
  ])('%s stands for no commit: %s', (commit, answer) => expect(isNoCommit(commit)).toBe(answer));
});
