import { FakeAct } from '@app/audit/testing';
import type { SyncTarget, UpdateSettingsRequest } from '@app/project-config';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('Changing the settings', () => {
  let accounts: Accounts;
  let before: SyncTarget;
  const update = (request: Omit<UpdateSettingsRequest, 'org'>) =>
    accounts.projects.update({ org: ACME, ...request }, new FakeAct());
  beforeEach(async () => {
    accounts = givenAccounts();
    accounts.gitlab.git.push(accounts.project, 'side', { files: { 'b.md': 'b' } });
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    before = await accounts.projects.configure(
      {
        org: ACME,
        projectId: accounts.project.id,
      },
      new FakeAct(),
    );
    await accounts.events();
  });

  it.each<[Omit<UpdateSettingsRequest, 'org'>, Partial<SyncTarget>]>([
    [{ autoSync: true }, { autoSync: true }],
    [{ autoPull: false }, { autoPull: false }],
    [
      { publish: 'merge_request', quietSeconds: 5 },
      { publish: 'merge_request', quietSeconds: 5 },
    ],
    [{ branch: 'main' }, {}],
    [{}, {}],
  ])('%j leaves the rest and asks GitLab nothing', async (request, changed) => {
    accounts.gitlab.calls.reset();
    expect(await update(request)).toEqual({ ...before, ...changed });
    expect(await accounts.projects.target(ACME)).toEqual({ ...before, ...changed });
    expect(await accounts.events()).toMatchObject([{ targetId: before.id, what: 'settings' }]);
    expect(accounts.gitlab.calls.all).toEqual([]);
  });

  it('describes the problem of other directories until they are corrected', async () => {
    accounts.gitlab.git.push(accounts.project, 'main', { files: { 'docs/a.md': 'a' } });
    accounts.gitlab.git.push(accounts.project, 'side', { files: { 'Docs/a.md': 'a' } });
    const warned = async (request: Parameters<typeof update>[0]) =>
      accounts.projects.warnings(await update(request));
    const wrong = [expect.stringContaining('name docs instead')];
    expect(await warned({ directories: ['DOCS'] })).toEqual(wrong);
    expect(await warned({ autoSync: true })).toEqual(wrong);
    expect(await warned({ directories: ['docs'] })).toEqual([]);
    expect(await warned({ branch: 'side' })).toEqual([expect.stringContaining('name Docs instead')]);
  });

  it('takes other directories under the same id', async () => {
    const { id, scope } = await update({ directories: ['docs'] });
    expect(id).toBe(before.id);
    expect(scope.directories).toEqual(['docs']);
    expect(await accounts.events()).toMatchObject([{ targetId: id, what: 'scope' }]);
  });

  it('makes another target, with the same switches, of another branch', async () => {
    await update({ autoSync: true });
    await accounts.events();
    const target = await update({ branch: 'side' });
    expect(target).toMatchObject({ branch: 'side', autoSync: true });
    expect(target.id).not.toBe(before.id);
    expect(await accounts.events()).toMatchObject([{ targetId: target.id, what: 'target' }]);
  });

  it('keeps both of two simultaneous changes', async () => {
    await Promise.all([update({ autoSync: true }), update({ autoPull: false })]);
    expect(await accounts.projects.target(ACME)).toMatchObject({ autoSync: true, autoPull: false });
  });

  it.each<[string, Omit<UpdateSettingsRequest, 'org'>]>([
    ['branch_not_found', { branch: 'nope', autoSync: true }],
    ['validation_failed', { branch: 'a b', autoSync: true }],
    ['validation_failed', { directories: ['/'], autoSync: true }],
    ['validation_failed', { directories: [], autoSync: true }],
    ['validation_failed', { workBranch: 'main' }],
    ['validation_failed', { branch: 'side', workBranch: 'side' }],
  ])('is refused with %s for %j, changing nothing', async (code, request) => {
    await expect(update(request)).rejects.toMatchObject({ code });
    expect(await accounts.projects.target(ACME)).toEqual(before);
    expect(await accounts.events()).toEqual([]);
  });

  it('is refused when another project is configured meanwhile', async () => {
    const other = accounts.gitlab.givenProject('ada/other', { files: { 'a.md': 'a' } });
    const { calls } = accounts.gitlab;
    calls.after = async () => {
      calls.after = () => undefined;
      await accounts.projects.configure({ org: ACME, projectId: other.id }, new FakeAct());
    };
    await expect(update({ branch: 'side' })).rejects.toMatchObject({ code: 'configuration_changed' });
    expect(await accounts.projects.target(ACME)).toMatchObject({ projectId: other.id, branch: 'main' });
  });

  it('is refused if nothing is configured', async () => {
    await accounts.projects.remove(ACME, new FakeAct());
    await expect(update({ autoSync: true })).rejects.toMatchObject({ code: 'not_configured' });
  });
});
