import { FakeAct } from '@app/audit/testing';
import { orgId, Scope, type OrgId } from '@app/kernel';
import { InMemorySyncTargets } from '../../testing/in-memory-sync-targets';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('The target of an org', () => {
  let accounts: Accounts;
  const configure = (org: OrgId = ACME) =>
    accounts.projects.configure({ org, projectId: accounts.project.id }, new FakeAct());
  const reconnect = (url = '') => {
    const instance = url ? accounts.selfHosted : accounts.gitlab;
    return accounts.connect(instance.givenToken('ada').value, url);
  };
  beforeEach(() => (accounts = givenAccounts()));

  it('is asked for: not_connected comes before not_configured', async () => {
    await expect(accounts.projects.requireTarget(ACME)).rejects.toMatchObject({ code: 'not_connected' });
    await expect(accounts.projects.open(ACME)).rejects.toMatchObject({ code: 'not_connected' });
    await reconnect();
    await expect(accounts.projects.requireTarget(ACME)).rejects.toMatchObject({ code: 'not_configured' });
    await expect(accounts.projects.open(ACME)).rejects.toMatchObject({ code: 'not_configured' });
  });

  it('survives another token for the same instance', async () => {
    await reconnect();
    const target = await configure();
    await reconnect();
    expect(await accounts.projects.requireTarget(ACME)).toEqual(target);
  });

  it.each([
    ['after a disconnect', 'not_connected', () => accounts.credentials.disconnect(ACME, new FakeAct())],
    ['under another instance', 'not_configured', () => reconnect(accounts.selfHosted.url)],
  ])('counts no more %s', async (_, code, happens) => {
    await reconnect();
    await configure();
    await happens();
    expect(await accounts.projects.target(ACME)).toBeNull();
    expect(await accounts.projects.targetsAfter(null, 10)).toEqual({ targets: [], next: null });
    await expect(accounts.projects.requireTarget(ACME)).rejects.toMatchObject({ code });
    await expect(accounts.projects.open(ACME)).rejects.toMatchObject({ code });
  });

  it('does not come back when the same instance is connected again', async () => {
    await reconnect();
    const { id } = await configure();
    await accounts.credentials.disconnect(ACME, new FakeAct());
    await reconnect();
    expect(await accounts.projects.target(ACME)).toBeNull();
    expect((await configure()).id).not.toBe(id);
  });

  it('opens together with its GitLab', async () => {
    await reconnect();
    const target = await configure();
    const open = await accounts.projects.open(ACME);
    expect(open.target).toEqual(target);
    expect((await open.gitlab.branch(target.projectId, target.branch)).canPush).toBe(true);
  });

  it('has the default scope until a project is configured', async () => {
    expect(await accounts.projects.scopeOf(ACME)).toEqual(new Scope());
    await reconnect();
    await configure();
    await accounts.projects.update({ org: ACME, directories: ['docs'] }, new FakeAct());
    expect(await accounts.projects.scopeOf(ACME)).toEqual(new Scope(['docs']));
  });

  it('shows the page of the project on its own instance, whatever was stored', async () => {
    await reconnect();
    const { id, webUrl } = await configure();
    await new InMemorySyncTargets(accounts.tables).recordPath(ACME, id, 'ada/context', 'javascript:alert(1)');
    expect((await accounts.projects.target(ACME))?.webUrl).toBe(webUrl);
    expect((await accounts.projects.update({ org: ACME, autoSync: true }, new FakeAct())).webUrl).toBe(
      webUrl,
    );
    expect(webUrl).toBe('https://gitlab.com/ada/context');
  });

  const moved = { pathWithNamespace: 'handbook/context', webUrl: 'https://gitlab.com/handbook/context' };

  it('learns that its project has moved from the GitLab it opens', async () => {
    await reconnect();
    const { id, projectId, pathWithNamespace, branch } = await configure();
    const { gitlab } = await accounts.projects.open(ACME);
    accounts.gitlab.move(accounts.project, 'handbook/context');
    const { head } = await gitlab.branch(projectId, branch);
    await gitlab.changesSince({ projectId, pathWithNamespace, branch }, head.id);
    expect(await accounts.projects.target(ACME)).toMatchObject({ id, ...moved });
  });

  it('learns it from a check of the connection', async () => {
    await reconnect();
    const { id } = await configure();
    accounts.gitlab.move(accounts.project, 'handbook/context');
    await accounts.credentials.check(ACME, new FakeAct());
    expect(await accounts.projects.target(ACME)).toMatchObject({ id, ...moved });
  });

  it('learns nothing of a project that is another target by then', async () => {
    await reconnect();
    const { projectId, pathWithNamespace, branch } = await configure();
    const { gitlab } = await accounts.projects.open(ACME);
    const { head } = await gitlab.branch(projectId, branch);
    const other = accounts.gitlab.givenProject('ada/other', { files: { 'notes/a.md': 'a' } });
    await accounts.projects.configure({ org: ACME, projectId: other.id }, new FakeAct());
    accounts.gitlab.move(accounts.project, 'handbook/context');
    await gitlab.changesSince({ projectId, pathWithNamespace, branch }, head.id);
    expect(await accounts.projects.target(ACME)).toMatchObject({ pathWithNamespace: 'ada/other' });
  });

  it('is found by paging over all orgs', async () => {
    const orgs = ['a', 'b', 'c', 'd', 'e'].map(orgId);
    for (const org of orgs) {
      await accounts.connect(accounts.gitlab.givenToken('ada').value, '', org);
      await configure(org);
    }
    await accounts.credentials.disconnect(orgs[1], new FakeAct());
    const found: OrgId[][] = [];
    for (let after: OrgId | null = null; ;) {
      const page = await accounts.projects.targetsAfter(after, 2);
      found.push(page.targets.map(({ org }) => org));
      if (!page.next) break;
      after = page.next;
    }
    expect(found).toEqual([['a'], ['c', 'd'], ['e']]);
  });

  it('is removed; the connection stays', async () => {
    await reconnect();
    const { id } = await configure();
    await accounts.events();
    await accounts.projects.remove(ACME, new FakeAct());
    expect(await accounts.projects.target(ACME)).toBeNull();
    expect(await accounts.credentials.connection(ACME)).not.toBeNull();
    expect(await accounts.events()).toEqual([{ name: 'target.removed.v1', org: ACME, targetId: id }]);
    await expect(accounts.projects.remove(ACME, new FakeAct())).rejects.toMatchObject({
      code: 'not_configured',
    });
    expect((await configure()).id).not.toBe(id);
  });
});

describe('What an admin can choose from', () => {
  let accounts: Accounts;
  beforeEach(async () => {
    accounts = givenAccounts();
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
  });

  it('is the projects of the token, by page and by search', async () => {
    accounts.gitlab.givenProject('eve/hidden');
    accounts.gitlab.givenProject('ada/docs');
    const first = await accounts.projects.projects(ACME, { limit: 1 });
    const second = await accounts.projects.projects(ACME, { limit: 1, cursor: first.nextCursor });
    const names = [...first.items, ...second.items].map(({ name }) => name).sort();
    expect(names).toEqual(['context', 'docs']);
    const { items } = await accounts.projects.projects(ACME, { search: 'doc' });
    expect(items.map(({ pathWithNamespace }) => pathWithNamespace)).toEqual(['ada/docs']);
  });

  it('is the branches of a project', async () => {
    accounts.gitlab.git.push(accounts.project, 'side', { files: { 'b.md': 'b' } });
    const { items } = await accounts.projects.branches(ACME, accounts.project.id, {});
    expect(items).toMatchObject([
      { name: 'main', default: true, protected: true, canPush: true },
      { name: 'side', default: false, protected: false, canPush: true },
    ]);
  });

  it('is nothing without a connection or for an invisible project', async () => {
    await expect(accounts.projects.branches(ACME, 999_999, {})).rejects.toMatchObject({
      code: 'project_not_found',
    });
    await accounts.credentials.disconnect(ACME, new FakeAct());
    await expect(accounts.projects.projects(ACME, {})).rejects.toMatchObject({ code: 'not_connected' });
  });
});
