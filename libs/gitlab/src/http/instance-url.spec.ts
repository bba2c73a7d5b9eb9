import { InstanceUrlInvalid } from '../gitlab.errors';
import { normaliseInstanceUrl } from './instance-url';

describe('normaliseInstanceUrl', () => {
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
  ])('makes %j the origin %j', (typed, origin) => {
    expect(normaliseInstanceUrl(typed)).toBe(origin);
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
    expect(() => normaliseInstanceUrl(typed)).toThrow(InstanceUrlInvalid);
    try {
      normaliseInstanceUrl(typed);
    } catch (error) {
      expect(error).toMatchObject({
        kind: 'invalid',
        code: 'validation_failed',
        errors: [{ field: 'instanceUrl' }],
      });
    }
  });
});
