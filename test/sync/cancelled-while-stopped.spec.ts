import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

it('a push that a person cancelled while pushes are stopped is not requested again', async () => {
  const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
  world.gitlab.protect(world.project, 'main', 0);
  await world.edit({ 'notes/a.md': 'edited' });
  await world.sync();
  await world.edit({ 'notes/b.md': 'b' });
  const waiting = await world.engine.runs.open(world.org);
  expect(waiting).toMatchObject([{ kind: 'push', status: 'queued' }]);
  const { blocked } = await world.state();
  await world.engine.answer.cancel(world.org, waiting[0].id, new FakeAct());
  world.clock.advance(blocked!.retryAt.getTime() - world.clock.now().getTime());
  await world.engine.sweeper.sweepOnce();
  await world.sync();
  const { items } = await world.engine.runs.list(world.org, {});
  expect(items[0]).toMatchObject({ id: waiting[0].id, status: 'cancelled' });
});
