import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const BAD = 'a: [unclosed';

describe("A teammate's text that is kept out of Dot", () => {
  const read = async ({ engine, org }: SyncWorld, path = 'notes/bad.yaml') =>
    (await engine.remoteFile.execute(org, path)).toString();
  const notFound = { code: 'not_found' };
  let world: SyncWorld;
  beforeEach(async () => {
    world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { maxFileBytes: 100 });
    await world.push({ 'notes/bad.yaml': BAD });
    await world.sync();
  });

  it('can be read as of the last sync', async () => {
    expect(await read(world)).toBe(BAD);
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/bad.yaml': 'not seen yet' } });
    expect(await read(world)).toBe(BAD);
  });

  it.each<[string, string, (world: SyncWorld) => Promise<unknown>]>([
    ['it is in Dot', 'notes/a.md', async () => undefined],
    ['there is none', 'notes/none.md', async () => undefined],
    [
      'it is kept out of GitLab',
      'notes/leak.md',
      async (world) => {
        await world.edit({ 'notes/leak.md': `key: ${['glpat', 'AbCdEfGhIjKlMnOpQrSt'].join('-')}` });
        await world.sync();
      },
    ],
    [
      'it is no UTF-8',
      'notes/latin.md',
      async (world) => {
        await world.push({ 'notes/latin.md': Buffer.from([0x63, 0x61, 0x66, 0xe9]) });
        await world.sync();
      },
    ],
    [
      'it is too big',
      'notes/big.md',
      async (world) => {
        await world.push({ 'notes/big.md': 'x'.repeat(101) });
        await world.sync();
      },
    ],
    [
      'the org has another project now',
      'notes/bad.yaml',
      async ({ gitlab, projects, org }) => {
        const { id } = gitlab.givenProject('ada/other', { files: { 'notes/bad.yaml': BAD } });
        await projects.configure({ org, projectId: id, branch: 'main' }, new FakeAct());
      },
    ],
  ])('cannot be read if %s', async (_, path, arrange) => {
    await arrange(world);
    await expect(read(world, path)).rejects.toMatchObject(notFound);
  });
});

describe('A file of Dot that is kept out of GitLab', () => {
  it.each([
    ['there is no such file', 'notes/none.md'],
    ['it is in sync', 'notes/a.md'],
    ['another reason holds it back', 'notes/secret.md'],
  ])('cannot be released if %s', async (_, path) => {
    const world = await SyncWorld.synced();
    world.gitlab.setPushRules(world.project, { prohibitedFileNames: /secret/ });
    await world.edit({ 'notes/secret.md': 's' });
    await world.sync();
    expect([...(await world.quarantined()).keys()]).toEqual(['notes/secret.md']);
    const before = await world.lastRun();
    await expect(world.engine.release.execute(world.org, path, new FakeAct())).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await world.lastRun()).toEqual(before);
  });
});
