import { webUrlOf } from './web-url';

describe('The page of a project', () => {
  it.each([
    ['https://gitlab.com', 'acme/context', 'https://gitlab.com/acme/context'],
    ['https://gitlab.acme.test:8443', 'a/b/c.d_e-f', 'https://gitlab.acme.test:8443/a/b/c.d_e-f'],
    ['https://acme.test/gitlab', 'acme/context', 'https://acme.test/gitlab/acme/context'],
    ['https://acme.test/gitlab/', 'acme/context', 'https://acme.test/gitlab/acme/context'],
    ['https://gitlab.com', 'javascript:alert(1)', 'https://gitlab.com/javascript%3Aalert(1)'],
    ['https://gitlab.com', '//evil.test/x', 'https://gitlab.com/evil.test/x'],
    ['https://gitlab.com', '../../x?y#z', 'https://gitlab.com/x%3Fy%23z'],
    ['https://gitlab.com', '@evil.test', 'https://gitlab.com/%40evil.test'],
    ['https://gitlab.com', 'a\\b\n\u202Ec\uD800', 'https://gitlab.com/a%5Cb%0A%E2%80%AEc%EF%BF%BD'],
    ['https://gitlab.com', '', 'https://gitlab.com'],
  ])('of %s and %j is %s', (instanceUrl, path, url) => {
    expect(webUrlOf(instanceUrl, path)).toBe(url);
    expect(new URL(url).origin).toBe(new URL(instanceUrl).origin);
  });
});
