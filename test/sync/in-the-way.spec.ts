import { submodule, symlink, type FileSpec } from '@app/fake-gitlab';
import { SyncWorld } from '../support/sync-world';

async function worldWith(parent: FileSpec): Promise<SyncWorld> {
  const world = await SyncWorld.configured({
    gitlab: { 'skills/s.md': 's', notes: parent },
    settings: { pollSeconds: 0 },
  });
  await world.sync();
  return world;
}

const text = ({ gitlab, project }: SyncWorld, path: string) =>
  gitlab.git.read(project, 'main', path)?.toString();

const held = async (world: SyncWorld) =>
  [...(await world.quarantined())].map(([path, { side, reason }]) => [path, side, reason]);

describe.each<[string, FileSpec]>([
  ['file', 'a plain file'],
  ['symlink', symlink('elsewhere')],
  ['submodule', submodule('1'.repeat(40))],
])('A %s on GitLab in the place of a directory that Dot needs', (kind, parent) => {
  it('holds back that file, names the obstacle, and sends the rest', async () => {
    const world = await worldWith(parent);
    await world.change([
      { op: 'put', path: 'notes/deep/n.md', content: Buffer.from('n') },
      { op: 'put', path: 'skills/t.md', content: Buffer.from('t') },
    ]);
    await world.edit({ 'skills/s.md': 'later' });
    await world.sync();
    expect(text(world, 'skills/s.md')).toBe('later');
    expect(text(world, 'skills/t.md')).toBe('t');
    expect(await held(world)).toEqual([['notes/deep/n.md', 'local', 'name_taken']]);
    const { detail } = (await world.quarantined()).get('notes/deep/n.md')!;
    expect(detail).toContain(`GitLab has a ${kind} at notes`);
    expect(await world.state()).toMatchObject({ failure: null, blocked: null });
  });

  it('is found also if GitLab answers as if it were out of order', async () => {
    const world = await worldWith(parent);
    world.gitlab.calls.faults.add({
      fault: { kind: 'server-error', status: 500, body: 'json' },
      on: 'commit',
    });
    await world.edit({ 'notes/n.md': 'n' });
    await world.edit({ 'skills/s.md': 'later' });
    await world.sync();
    expect(text(world, 'skills/s.md')).toBe('later');
    expect(await held(world)).toEqual([['notes/n.md', 'local', 'name_taken']]);
  });

  it('lets the file go once it is gone', async () => {
    const world = await worldWith(parent);
    await world.edit({ 'notes/n.md': 'n' });
    await world.sync();
    await world.push({ notes: null });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/n.md': 'n', 'skills/s.md': 's' });
    expect(await held(world)).toEqual([]);
  });
});

it('treats an outage as an outage', async () => {
  const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
  world.gitlab.calls.faults.add({ fault: { kind: 'server-error', status: 500, body: 'json' }, on: 'commit' });
  await world.edit({ 'notes/n.md': 'n' });
  await world.takeTurns(1);
  expect(await world.state()).toMatchObject({ failure: { code: 'gitlab_unavailable' } });
  await world.sync();
  expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/n.md': 'n' });
});
