import { Gitlab } from '@gitbeaker/rest';
import { FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import type { FakeGitLabServer } from '@app/fake-gitlab';

/** A client that was written against the real GitLab, by others, gets along with the fake. */
describe('@gitbeaker/rest against the fake GitLab', () => {
  let instance: FakeGitLabInstance;
  let server: FakeGitLabServer;
  let client: InstanceType<typeof Gitlab>;
  let id: number;

  beforeEach(async () => {
    instance = new FakeGitLabInstance();
    server = await startFakeGitLabServer(instance);
    client = new Gitlab({ host: server.url, token: instance.givenToken('ada').value });
    id = instance.givenProject('ada/docs', { files: { 'README.md': '# Docs\n' } }).id;
  });
  afterEach(() => server.close());

  it('identifies the caller', async () => {
    expect(await client.Users.showCurrentUser()).toMatchObject({ username: 'ada' });
    expect(await client.PersonalAccessTokens.show({ tokenId: 'self' })).toMatchObject({ scopes: ['api'] });
  });

  it('creates, finds and lists projects over several pages', async () => {
    for (let n = 0; n < 5; n++) await client.Projects.create({ name: `Project ${n}`, visibility: 'private' });
    expect(await client.Projects.show('ada/project-3')).toMatchObject({
      name: 'Project 3',
      empty_repo: true,
    });
    const all = await client.Projects.all({ membership: true, perPage: 2 });
    expect(all.map(({ path }) => path).sort()).toEqual([
      'docs',
      ...[0, 1, 2, 3, 4].map((n) => `project-${n}`),
    ]);
    const keyset = await client.Projects.all({
      pagination: 'keyset',
      orderBy: 'id',
      sort: 'asc',
      perPage: 2,
    });
    expect(keyset).toHaveLength(6);
  });

  it('makes, shows and removes branches', async () => {
    await client.Branches.create(id, 'docs/one', 'main');
    expect(await client.Branches.show(id, 'docs/one')).toMatchObject({ name: 'docs/one', can_push: true });
    expect((await client.Branches.all(id)).map(({ name }) => name)).toEqual(['docs/one', 'main']);
    await client.Branches.remove(id, 'docs/one');
    await expect(client.Branches.show(id, 'docs/one')).rejects.toThrow('404 Branch Not Found');
  });

  it('commits, and reads the files, the tree, the log and the differences', async () => {
    const before = instance.git.head(id, 'main');
    const made = await client.Commits.create(id, 'main', 'Add a file', [
      { action: 'create', filePath: 'dir/ä.md', content: 'ä\n' },
      { action: 'update', filePath: 'README.md', content: '# New\n' },
    ]);
    expect(made).toMatchObject({ title: 'Add a file', parent_ids: [before] });
    const file = await client.RepositoryFiles.show(id, 'dir/ä.md', 'main');
    expect(Buffer.from(file.content, 'base64').toString()).toBe('ä\n');
    expect(await client.RepositoryFiles.showRaw(id, 'README.md', 'main')).toBe('# New\n');
    const tree = await client.Repositories.allRepositoryTrees(id, { recursive: true });
    expect(tree.map(({ path }) => path).sort()).toEqual(['README.md', 'dir', 'dir/ä.md']);
    expect((await client.Commits.all(id)).map((commit) => commit.id)).toEqual([made.id, before]);
    const compared = await client.Repositories.compare(id, before, 'main', { straight: true });
    expect(compared).toMatchObject({ diffs: [{ new_path: 'README.md' }, { new_path: 'dir/ä.md' }] });
    expect(await client.Commits.showDiff(id, made.id)).toHaveLength(2);
    expect(await client.Repositories.mergeBase(id, [before, made.id])).toMatchObject({ id: before });
  });

  it('writes single files', async () => {
    await client.RepositoryFiles.create(id, 'a.md', 'main', 'a\n', 'Add');
    await client.RepositoryFiles.edit(id, 'a.md', 'main', 'b\n', 'Edit');
    expect(instance.git.read(id, 'main', 'a.md')?.toString()).toBe('b\n');
    await client.RepositoryFiles.remove(id, 'a.md', 'main', 'Remove');
    expect(instance.git.read(id, 'main', 'a.md')).toBeNull();
  });

  it('reports refusals', async () => {
    const again = client.Commits.create(id, 'main', 'Again', [
      { action: 'create', filePath: 'README.md', content: 'x' },
    ]);
    await expect(again).rejects.toThrow('A file with this name already exists');
  });

  it('manages webhooks', async () => {
    const hook = await client.ProjectHooks.add(id, 'https://dot.example.com/hook', {
      token: 's',
      pushEvents: true,
    });
    expect(await client.ProjectHooks.show(id, hook.id)).toMatchObject({ push_events: true });
    await client.ProjectHooks.edit(id, hook.id, 'https://dot.example.com/new', {
      pushEventsBranchFilter: 'main',
    });
    expect(await client.ProjectHooks.all(id)).toMatchObject([{ push_events_branch_filter: 'main' }]);
    await client.ProjectHooks.remove(id, hook.id);
    expect(await client.ProjectHooks.all(id)).toEqual([]);
  });
});
