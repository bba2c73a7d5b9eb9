import * as errors from './context-store.errors';

const paths = (count: number) => Array.from({ length: count }, (_, nth) => `${nth}.md`);
const quota = { maxBytes: 1_000_000, maxFiles: 1_000 };
const after = { bytes: 2_000_000, files: 2_000 };

describe('An error of the context store', () => {
  it.each([
    [new errors.PathNotAllowed('a"', 'why'), 'invalid', 'path_not_allowed', /^"a\\"" can't .*: why\.$/],
    [new errors.ContentInvalid('a.md', 'why'), 'invalid', 'content_invalid', /^a.md: why. Correct/],
    [
      new errors.LineNotAllowed('f', 'The name', 'is odd'),
      'invalid',
      'content_invalid',
      /^The name is odd. .* correct it/,
    ],
    [new errors.TooComplex('a.md', 'why'), 'invalid', 'too_complex', /^a.md: why.$/],
    [
      new errors.InspectionInterrupted('a.md', 1_500),
      'unavailable',
      'inspection_interrupted',
      /in 2 seconds/,
    ],
    [new errors.VersionConflict(['a']), 'conflict', 'version_conflict', /^a was changed .* Read again/],
    [new errors.VersionConflict(['a', 'b']), 'conflict', 'version_conflict', /^a, b were changed/],
    [new errors.VersionConflict(paths(20)), 'conflict', 'version_conflict', /, 19.md were/],
    [new errors.VersionConflict(paths(22)), 'conflict', 'version_conflict', /, 19.md and 2 more were/],
    [new errors.FileNotFound('a'), 'not-found', 'not_found', /List the files/],
    [new errors.VersionNotFound('v'), 'not-found', 'not_found', /List the history/],
    [new errors.NothingToUndo('r'), 'not-found', 'not_found', /list of runs/],
    [new errors.NoLongerKept('It'), 'not-found', 'not_found', /Git's history/],
    [
      new errors.QuotaExceeded(quota, after, 'files'),
      'invalid',
      'quota_exceeded',
      /2,000 files, .* 1,000 files. Delete/,
    ],
    [
      new errors.QuotaExceeded(quota, after, 'bytes'),
      'invalid',
      'quota_exceeded',
      /2,000,000 bytes, .* 1,000,000 bytes/,
    ],
    [new errors.TooManyOperations('many'), 'invalid', 'too_many_operations', /many. Split/],
    [new errors.FileBodyNotText(), 'invalid', 'unsupported_media_type', /Send it as/],
  ])('%s', (error, kind, code, message) => {
    expect(error).toMatchObject({ kind, code, message: expect.stringMatching(message) });
  });

  it('names the field of the request, and when to repeat it', () => {
    expect(new errors.LineNotAllowed('f', 'The name', 'is odd').errors).toEqual([
      { field: 'f', detail: 'is odd' },
    ]);
    expect(new errors.InspectionInterrupted('a.md', 1_500).retryAfterMs).toBe(1_500);
  });
});
