import { randomUUID } from 'node:crypto';
import { lastValueFrom } from 'rxjs';
import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

describe('A run that does not exist', () => {
  it.each<[string, (world: SyncWorld, id: string, act: FakeAct) => Promise<unknown>]>([
    ['shown', ({ engine, org }, id) => engine.runsApi.run(org, id)],
    ['watched', ({ engine, org }, id) => lastValueFrom(engine.runsApi.follow(org, id))],
    ['asked for its changes', ({ engine, org }, id) => engine.runsApi.runChanges(org, id)],
    ['confirmed', ({ engine, org }, id, act) => engine.answer.confirm(org, id, act)],
    ['refused', ({ engine, org }, id, act) => engine.answer.keep(org, id, act)],
    ['cancelled', ({ engine, org }, id, act) => engine.answer.cancel(org, id, act)],
  ])('cannot be %s', async (_, ask) => {
    const world = await SyncWorld.synced();
    const [id, act] = [randomUUID(), new FakeAct()];
    const problem = { kind: 'not-found', code: 'not_found', message: expect.stringContaining(id) };
    await expect(ask(world, id, act)).rejects.toMatchObject(problem);
    expect(act.recorded).toEqual([]);
  });
});
