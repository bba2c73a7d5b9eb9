import { noticeOf } from './notice';

const NOW = new Date('2026-01-01T00:00:00Z');
const personal = {
  username: 'ada',
  tokenKind: 'personal',
  scopes: ['api'],
  expiresAt: null,
  canCreateProjects: true,
  granular: false,
  selfRotation: false,
  rotation: null,
} as const;

describe('The notice of a token', () => {
  it('is absent if there is nothing to say', () => {
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

  it('is absent for a token that renews itself as long as there is time', () => {
    const renewing = { ...personal, selfRotation: true };
    expect(noticeOf({ ...renewing, expiresAt: new Date('2026-01-08T00:00:01Z') }, NOW)).toBeNull();
    expect(noticeOf({ ...renewing, expiresAt: new Date('2026-01-08T00:00:00Z') }, NOW)).toBe(
      'The token expires on 2026-01-08, in 7 days. It will be renewed automatically before then. ' +
        'If this notice stays: create a new token with the api scope and connect again.',
    );
  });

  it('says why it was not renewed', () => {
    const rotation = { id: '', state: 'refused', at: '', problem: 'GitLab is too old. Do this.' } as const;
    const refused = {
      ...personal,
      selfRotation: true,
      rotation,
      expiresAt: new Date('2026-01-13T00:00:00Z'),
    };
    expect(noticeOf(refused, NOW)).toBe(
      'The token expires on 2026-01-13, in 12 days. GitLab is too old. Do this.',
    );
  });

  it('says that the renewed token was lost', () => {
    const rotation = { id: '', state: 'lost', at: '', problem: null } as const;
    const lost = { ...personal, selfRotation: true, rotation, expiresAt: new Date('2027-01-01T00:00:00Z') };
    expect(noticeOf(lost, NOW)).toMatch(/the new one was lost .* connect again\.$/);
  });

  it('names both', () => {
    const both = { ...personal, tokenKind: 'project', canCreateProjects: false, expiresAt: NOW } as const;
    expect(noticeOf(both, NOW)).toMatch(
      /^The token expired .*connect again\. This is a project access token/,
    );
  });
});
