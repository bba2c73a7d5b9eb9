import { BasePaths, isBasePath } from './base-paths';

describe('Base paths', () => {
  it.each([
    'gitlab.example.com/gitlab',
    'gitlab.example.com:8443/gitlab/',
    'https://example.com/tools/gitlab',
    'HTTP://127.0.0.1:8080/git_lab-1.0',
    '[::1]:3000/gitlab',
  ])('may be %j', (entry) => {
    expect(isBasePath(entry)).toBe(true);
    expect(() => new BasePaths([entry])).not.toThrow();
  });

  it.each([
    '',
    'gitlab.example.com',
    'https://gitlab.example.com/',
    '/gitlab',
    'ftp://example.com/gitlab',
    'ada@example.com/gitlab',
    'example.com/../gitlab',
    'example.com/./gitlab',
    'example.com/git%6Cab',
    'example.com/gitlab?x=1',
    'example.com//gitlab',
    'example.com:99999/gitlab',
    'a b/gitlab',
  ])('are not %j', (entry) => {
    expect(isBasePath(entry)).toBe(false);
    expect(() => new BasePaths([entry])).toThrow('is not a base path');
  });

  it.each([
    ['https://example.com/gitlab', '/gitlab'],
    ['https://example.com/gitlab/', '/gitlab'],
    ['http://example.com/gitlab/ada/context', '/gitlab'],
    ['https://example.com/gitlab/next/ada', '/gitlab/next'],
    ['https://example.com/gitlabs/ada', ''],
    ['https://example.com/GitLab', ''],
    ['https://example.com/gitlab/../ada', ''],
    ['https://example.com//gitlab', ''],
    ['https://example.com:8443/gitlab', ''],
    ['https://other.example.com/gitlab', ''],
    ['https://secure.example.com/git/ada', '/git'],
    ['http://secure.example.com/git/ada', ''],
  ])('make of %s the path %j', (url, path) => {
    const listed = ['example.com/gitlab', 'Example.com/gitlab/next/', 'https://secure.example.com/git'];
    expect(new BasePaths(listed).of(new URL(url))).toBe(path);
  });
});
