import { expiresSoon, noticeOf } from './notice';

const NOW = new Date('2026-01-01T00:00:00Z');
const personal = {
  username: 'ada',
  tokenKind: 'personal',
  scopes: ['api'],
  expiresAt: null,
  canCreateProjects: true,
  granular: false,
} as const;

describe('The notice of a token', () => {
  it('is absent where there is nothing to say', () => {
    expect(noticeOf({ ...personal, expiresAt: new Date('2026-01-16T00:00:00Z') }, NOW)).toBeNull();
  });

  it.each(['project', 'group'] as const)('explains why a %s token hides Create new project', (tokenKind) => {
    const notice = noticeOf({ ...personal, tokenKind, canCreateProjects: false }, NOW);
    expect(notice).toContain(`This is a ${tokenKind} access token`);
    expect(notice).toContain('Create new project is hidden');
    expect(notice).toContain('User Settings → Access Tokens');
  });

  it('does not call a personal token of a limited user a bot', () => {
    const notice = noticeOf({ ...personal, canCreateProjects: false }, NOW);
    expect(notice).toContain('Create new project is hidden');
    expect(notice).not.toContain('bot');
  });

  it.each([
    ['2026-01-15T00:00:00Z', 'The token expires on 2026-01-15, in 14 days.'],
    ['2026-01-08T00:00:00Z', 'The token expires on 2026-01-08, in 7 days.'],
    ['2026-01-02T00:00:00Z', 'The token expires on 2026-01-02, within a day.'],
    ['2026-01-01T00:00:01Z', 'The token expires on 2026-01-01, within a day.'],
    ['2026-01-01T00:00:00Z', 'The token expired on 2026-01-01.'],
  ])('of one that ends at %s begins: %s', (expiresAt, beginning) => {
    expect(noticeOf({ ...personal, expiresAt: new Date(expiresAt) }, NOW)).toContain(beginning);
  });

  it.each([
    [null, false],
    ['2026-01-15T00:00:01Z', false],
    ['2026-01-15T00:00:00Z', true],
    ['2025-12-31T00:00:00Z', true],
  ])('asks for attention, for one that ends at %s: %s', (end, soon) => {
    expect(expiresSoon({ expiresAt: end === null ? null : new Date(end) }, NOW)).toBe(soon);
  });

  it('tells of both', () => {
    const both = { ...personal, tokenKind: 'project', canCreateProjects: false, expiresAt: NOW } as const;
    expect(noticeOf(both, NOW)).toMatch(
      /^The token expired .*connect again\. This is a project access token/,
    );
  });
});
