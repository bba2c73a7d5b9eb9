import type { Act } from '@app/audit';
import { FakeAct } from '@app/audit/testing';
import { Secret, type OrgId } from '@app/kernel';
import { ACME } from '../support/accounts';
import { SyncWorld } from '../support/sync-world';
import { givenWebhooks, type Webhooks } from '../support/webhooks';

type DoIt<W> = (world: W, act: Act) => Promise<unknown>;

const CHANGES_GITLAB = ['createProject', 'createHook', 'updateHook', 'deleteHook', 'createCommit'];

const SETUP: readonly (readonly [string, DoIt<Webhooks>])[] = [
  [
    'connect',
    ({ credentials, gitlab }, act) =>
      credentials.connect({ org: ACME, token: new Secret(gitlab.givenToken('ada').value) }, act),
  ],
  [
    'connect elsewhere',
    ({ credentials, selfHosted }, act) => {
      const token = new Secret(selfHosted.givenToken('ada').value);
      return credentials.connect({ org: ACME, token, instanceUrl: selfHosted.url }, act);
    },
  ],
  [
    'let the token renew itself',
    ({ credentials }, act) => credentials.change({ org: ACME, selfRotation: true }, act),
  ],
  ['check the connection', ({ credentials }, act) => credentials.check(ACME, act)],
  ['disconnect', ({ credentials }, act) => credentials.disconnect(ACME, act)],
  [
    'create a project',
    ({ projects }, act) => projects.configure({ org: ACME, create: { name: 'Dot' } }, act),
  ],
  [
    'configure another project',
    ({ projects, gitlab }, act) =>
      projects.configure({ org: ACME, projectId: gitlab.givenProject('ada/other', { files: {} }).id }, act),
  ],
  ['change a setting', ({ projects }, act) => projects.update({ org: ACME, autoSync: true }, act)],
  ['remove the project', ({ projects }, act) => projects.remove(ACME, act)],
  ['register the webhook', ({ registerHook }, act) => registerHook.execute(ACME, act)],
  ["rotate the webhook's secret", ({ rotateSecret }, act) => rotateSecret.execute(ACME, act)],
];

describe('an act whose entry cannot be written, over in-memory adapters', () => {
  it.each(SETUP)('%s: nothing is done', async (_, doIt) => {
    const world = await givenWebhooks();
    await world.shown();
    const standing = async () => [
      await world.credentials.connection(ACME),
      await world.projects.target(ACME),
      await world.endpoints.ofOrg(ACME),
      world.gitlab.calls.all.filter(({ operation }) => CHANGES_GITLAB.includes(operation)),
    ];
    world.clock.advance(1000);
    await world.events();
    const before = await standing();
    await expect(doIt(world, new FakeAct('refused'))).rejects.toThrow('no room');
    expect(await standing()).toEqual(before);
    expect(await world.events()).toEqual([]);
  });

  it.each<[string, DoIt<SyncWorld>]>([
    ['push', ({ engine, org }, act) => engine.request.byPerson(org, 'push', act)],
    ['pull', ({ engine, org }, act) => engine.request.byPerson(org, 'pull', act)],
    ['cancel', async ({ engine, org }, act) => engine.answer.cancel(org, await openRun(engine, org), act)],
  ])('%s: no run changes, and no org is woken', async (_, doIt) => {
    const world = await SyncWorld.synced();
    await world.engine.request.execute(world.org, 'pull', 'webhook');
    world.wakeQueue.waiting.clear();
    const before = await world.engine.runs.list(world.org, {});
    await expect(doIt(world, new FakeAct('refused'))).rejects.toThrow('no room');
    expect(await world.engine.runs.list(world.org, {})).toEqual(before);
    expect(world.wakeQueue.waiting.size).toBe(0);
  });
});

async function openRun(engine: SyncWorld['engine'], org: OrgId): Promise<string> {
  const [run] = await engine.runs.open(org);
  return run!.id;
}
