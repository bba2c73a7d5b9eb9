import { InstanceUrlInvalid } from '../errors/instance.errors';
import { BasePaths } from './base-paths';
import { readInstanceUrl } from './instance-url';

describe('The URL of an instance', () => {
  it.each([
    ['', 'https://gitlab.com'],
    ['   ', 'https://gitlab.com'],
    ['https://gitlab.com/yourname/your-project', 'https://gitlab.com'],
    ['https://GitLab.Example.com/', 'https://gitlab.example.com'],
    ['gitlab.example.com', 'https://gitlab.example.com'],
    ['gitlab.example.com:8443/group/project', 'https://gitlab.example.com:8443'],
    ['https://gitlab.example.com:443', 'https://gitlab.example.com'],
    ['http://gitlab.local:8080/a?b#c', 'http://gitlab.local:8080'],
    ['https://gitlab.example.com.', 'https://gitlab.example.com'],
    ['https:/gitlab.example.com', 'https://gitlab.example.com'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://2130706433', 'http://127.0.0.1'],
    ['http://0x7f.1', 'http://127.0.0.1'],
    ['http://[::1]:3000/x', 'http://[::1]:3000'],
  ])('of %j is the origin %j', (typed, origin) => {
    expect(readInstanceUrl(typed).url).toBe(origin);
  });

  it.each([
    'ftp://gitlab.example.com',
    'javascript:alert(1)',
    'mailto:a@b.example',
    'https://user@gitlab.example.com',
    'https://user:pass@gitlab.example.com',
    'user:1234@gitlab.example.com',
    'user@gitlab.example.com',
    'https://',
    'https://.',
    'a b',
    'gitlab.example.com:99999',
  ])('refuses %j and names the field', (typed) => {
    expect(() => readInstanceUrl(typed)).toThrow(InstanceUrlInvalid);
    try {
      readInstanceUrl(typed);
    } catch (error) {
      expect(error).toMatchObject({
        kind: 'invalid',
        code: 'validation_failed',
        errors: [{ field: 'instanceUrl' }],
      });
    }
  });

  describe('with base paths', () => {
    const listed = new BasePaths(['example.com/gitlab', 'example.com:8443/tools/git']);

    it.each([
      ['https://example.com/gitlab', 'https://example.com/gitlab'],
      ['example.com/gitlab/ada/context', 'https://example.com/gitlab'],
      ['https://Example.com./gitlab/-/tree/main?x#y', 'https://example.com/gitlab'],
      ['http://example.com:8443/tools/git/', 'http://example.com:8443/tools/git'],
    ])('keeps the one of %j', (typed, url) => {
      expect(readInstanceUrl(typed, listed)).toEqual({ url, hint: null });
    });

    it.each([
      ['https://example.com', 'https://example.com'],
      ['https://example.com/gitlabs/ada', 'https://example.com'],
      ['https://example.com:8443/gitlab', 'https://example.com:8443'],
      ['https://gitlab.com/gitlab/ada', 'https://gitlab.com'],
    ])('cuts off that of %j', (typed, url) => {
      expect(readInstanceUrl(typed, listed).url).toBe(url);
    });

    it('names the one of the host if it is missing', () => {
      expect(readInstanceUrl('https://example.com', listed).hint).toBe(
        'Enter the URL with the path of its GitLab: https://example.com/gitlab.',
      );
    });
  });

  it('says of a path that was cut off what to do if no GitLab answers', () => {
    expect(readInstanceUrl('https://example.com:8443/gitlab/ada/context').hint).toBe(
      'The path /gitlab/ada/context was left out: Dot looks for GitLab at the root of the host. If it is served below a path, ' +
        'ask the operator of this service to add example.com:8443/gitlab to GITLAB_BASE_PATHS, and connect again.',
    );
    for (const typed of ['', 'gitlab.com', 'https://example.com/'])
      expect(readInstanceUrl(typed).hint).toBeNull();
  });
});
