import { parseBranchName } from './branch-name';

describe('A branch name', () => {
  it.each(['main', 'feature/one', 'v1.2', 'ünïcode', 'a@b', 'x.lock.y', 'head'])('may be %j', (name) => {
    expect(parseBranchName(name)).toBe(name);
  });

  it.each([
    '',
    ' ',
    'a b',
    'a..b',
    '-a',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.',
    'a.lock',
    'a.lock/b',
    'a@{b',
    '@',
    'HEAD',
    'a~b',
    'a^b',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a\\b',
    'a\nb',
    'x'.repeat(245),
  ])('may not be %j', (name) => {
    expect(() => parseBranchName(name)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ field: 'branch' })],
      }),
    );
  });
});
