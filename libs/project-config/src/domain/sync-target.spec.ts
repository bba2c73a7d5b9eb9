import { orgId, Scope } from '@app/kernel';
import { changeBetween, nextTarget, withSettings, type Configuration, type SyncTarget } from './sync-target';

const configuration: Configuration = {
  org: orgId('acme'),
  connectionId: 'connection',
  projectId: 1,
  pathWithNamespace: 'acme/context',
  webUrl: 'https://gitlab.com/acme/context',
  branch: 'main',
  scope: new Scope(['notes']),
  warnings: [],
  created: false,
  onConflict: 'newest',
  configuredAt: new Date('2026-01-01T00:00:00Z'),
  configuredBy: 'Ada',
};
const former: SyncTarget = { ...nextTarget(null, configuration), autoSync: true, autoPull: false };

describe('The next target', () => {
  it('starts with auto-sync off and auto-pull on', () => {
    expect(nextTarget(null, configuration)).toMatchObject({ autoSync: false, autoPull: true });
  });

  it('keeps id and switches for the same project and branch', () => {
    const { id, autoSync, autoPull } = former;
    const next = nextTarget(former, { ...configuration, scope: new Scope(['reports']) });
    expect(next).toMatchObject({ id, autoSync, autoPull, scope: new Scope(['reports']) });
  });

  it.each([{ projectId: 2 }, { branch: 'other' }, { connectionId: 'other' }])(
    'is another one for %j',
    (other) => {
      const next = nextTarget(former, { ...configuration, ...other });
      expect(next.id).not.toBe(former.id);
      expect(next).toMatchObject({ ...other, autoSync: false, autoPull: true });
    },
  );

  it.each([
    [{}, true],
    [{ branch: 'other' }, true],
    [{ projectId: 2 }, false],
    [{ connectionId: 'other' }, false],
  ])('of a project that Dot created, changed by %j: created is %s', (other, created) => {
    expect(nextTarget({ ...former, created: true }, { ...configuration, ...other }).created).toBe(created);
  });
});

describe('Settings', () => {
  it('change the named settings and keep the rest', () => {
    expect(withSettings(former, { autoPull: true })).toEqual({ ...former, autoPull: true });
    expect(withSettings(former, { scope: new Scope(['a']) })).toEqual({ ...former, scope: new Scope(['a']) });
    expect(withSettings(former, {})).toEqual(former);
  });

  it('with another branch make it another target with the same switches', () => {
    const next = withSettings(former, { branch: 'other' });
    expect(next).toEqual({ ...former, branch: 'other', id: next.id });
    expect(next.id).not.toBe(former.id);
  });
});

it.each([
  ['target', null, former],
  ['target', former, withSettings(former, { branch: 'other' })],
  ['scope', former, withSettings(former, { scope: new Scope(['a']) })],
  ['settings', former, withSettings(former, { autoSync: false })],
] as const)('A change is of the %s', (what, before, after) => {
  expect(changeBetween(before, after)).toBe(what);
});
