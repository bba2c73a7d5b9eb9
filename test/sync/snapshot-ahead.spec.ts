import { meanwhile } from '../support/meanwhile';
import { SyncWorld } from '../support/sync-world';

const BYTES = 1024 * 1024 - 1;
const text = (first: string) => `${first}\n`.padEnd(BYTES, 'text \n');

/** Files of which one commit takes twelve. */
const files = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`notes/n${String(n).padStart(2, '0')}.md`, text(`${n}`)]),
  );

/** The next commit is prepared while this one is under way, and recorded with its end. */
describe('pushing many files in several commits', () => {
  const titles = (world: SyncWorld) =>
    world
      .log()
      .map(({ message }) => message.split('\n')[0])
      .reverse();
  const requestsToCommit = (world: SyncWorld) =>
    world.gitlab.calls.all.filter(({ operation }) => operation === 'commit').length;

  it('reads each text once, and sends each commit once', async () => {
    const world = await SyncWorld.configured({ dot: files(30) });
    const read = jest.spyOn(world.store, 'contents');
    await world.sync();
    expect(titles(world)).toEqual([
      'Add 12 context files from Dot',
      'Add 12 context files from Dot',
      'Add 6 context files from Dot',
    ]);
    expect(read.mock.calls.map(([, blobs]) => blobs.length)).toEqual([12, 12, 6]);
    expect(requestsToCommit(world)).toBe(3);
    expect(world.onGitLab()).toEqual(await world.dot());
    expect(await world.state()).toMatchObject({ snapshotDue: false, inFlight: null });
    expect(await world.lastRun('initial')).toMatchObject({ status: 'succeeded', counts: { created: 30 } });
  });

  it('records each commit before it is sent, and the next one with its end', async () => {
    const world = await SyncWorld.configured({ dot: files(13) });
    const recorded: (string | undefined)[] = [];
    world.gitlab.calls.before = async ({ operation }) => {
      if (operation === 'commit') recorded.push((await world.state()).inFlight?.id);
    };
    await world.sync();
    const sent = world.log().map(({ message }) => /Dot-Change-Id: (\S+)/.exec(message)?.[1]);
    expect(recorded).toEqual(sent.reverse());
    expect(new Set(recorded).size).toBe(2);
  });

  it('lists a file that has to wait, whichever commit it belongs to', async () => {
    const secret = `token: glpat-${'aB3dE6gH9jK2mN5pQ8sT'}\n`;
    const world = await SyncWorld.configured({
      dot: { 'notes/first.md': secret, 'notes/z-last.md': secret, ...files(25) },
    });
    await world.sync();
    expect([...(await world.quarantined()).keys()].sort()).toEqual(['notes/first.md', 'notes/z-last.md']);
    expect(Object.keys(world.onGitLab())).toEqual(Object.keys(files(25)));
    expect(requestsToCommit(world)).toBe(3);
    expect(await world.state()).toMatchObject({ snapshotDue: false, inFlight: null });
  });

  it('decides again about the next if a teammate pushes meanwhile', async () => {
    const world = await SyncWorld.configured({ dot: files(13) });
    meanwhile(world, 'between', 'commit', () => {
      world.clock.advance(1_000);
      world.gitlab.git.push('ada/context', 'main', { files: { 'notes/n12.md': 'from GitLab' } });
    });
    await world.sync();
    expect(world.onGitLab()['notes/n12.md']).toBe('from GitLab');
    expect(world.onGitLab()).toEqual(await world.dot());
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/n12.md' }]);
    expect(await world.state()).toMatchObject({ snapshotDue: false, inFlight: null });
  });

  it('sends an edit that is made meanwhile, after the text before it', async () => {
    const world = await SyncWorld.configured({ dot: files(13) });
    meanwhile(world, 'between', 'commit', () =>
      world.edit({ 'notes/n12.md': 'edited', 'notes/n00.md': null }),
    );
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/n12.md': 'edited' });
    expect(world.onGitLab()).toEqual(await world.dot());
    expect(await world.conflicts()).toEqual([]);
  });

  it('sends the next once if the worker is cut off before it', async () => {
    const world = await SyncWorld.configured({ dot: files(13) });
    let commits = 0;
    world.gitlab.calls.before = ({ operation }) => {
      if (operation === 'commit' && ++commits === 2) throw new Error('the connection breaks');
    };
    await world.sync();
    expect(titles(world)).toEqual(['Add 12 context files from Dot', expect.stringContaining('n12.md')]);
    expect(world.onGitLab()).toEqual(await world.dot());
    expect(await world.state()).toMatchObject({ snapshotDue: false, inFlight: null });
  });
});
