import { FakeAct } from '@app/audit/testing';
import { work } from '../world/work';
import type { World } from '../world/world';
import type { Audit } from './audit';

const MANY_POINTS = 1_000;

/** Another full round changes nothing, and the plan for it says so. */
export async function checkIdempotence(world: World, { own }: Audit): Promise<string[]> {
  const { web, org } = world;
  const { push, pull, conflicts } = await web.engine.plan.execute(org);
  const held = await web.engine.findings.quarantined(org);
  const planned = [...push, ...pull, ...conflicts].filter(({ path }) => !held.has(path));
  const [commits, revision] = [own.length, await web.store.revision(org)];
  await web.engine.request.byPerson(org, 'pull', new FakeAct());
  await web.engine.request.byPerson(org, 'push', new FakeAct());
  await work(world, MANY_POINTS, async () => undefined);
  return [
    ...planned.map(({ path }) => `the plan still names ${path}`),
    ...(own.length > commits ? ['another round made a commit'] : []),
    ...((await web.store.revision(org)) > revision ? ['another round made a change in Dot'] : []),
  ];
}
