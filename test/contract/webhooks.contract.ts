import { randomUUID } from 'node:crypto';
import { orgId, type OrgId, type Transactions } from '@app/kernel';
import {
  WebhookEndpoint,
  type Deliveries,
  type Delivery,
  type RegisteredHook,
  type WebhookEndpoints,
} from '@app/webhooks/testing';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
const keys = (sealed: string) => ({ id: randomUUID(), sealed });
const hook = (checkedAt: Date): RegisteredHook => ({
  ...{ hookId: 3, projectId: 7, connectionId: randomUUID(), keysId: randomUUID(), signs: true },
  ...{ condition: 'working', checkedAt },
});

/** Describes what every store of endpoints must do. Other orgs' rows may be there. */
export function describeWebhookEndpointsContract(
  name: string,
  arrange: () => Promise<{ endpoints: WebhookEndpoints; transactions: Transactions }>,
): void {
  describe(`WebhookEndpoints contract: ${name}`, () => {
    let endpoints: WebhookEndpoints;
    let transactions: Transactions;
    let org: OrgId;
    beforeEach(async () => {
      ({ endpoints, transactions } = await arrange());
      org = orgId(`org-${randomUUID()}`);
    });
    const fresh = (of = org) => WebhookEndpoint.create(of, randomUUID(), keys('sealed'), at(0));

    it('has nothing for an org without an endpoint, and finds no unknown id', async () => {
      expect(await endpoints.ofOrg(org)).toBeNull();
      expect(await transactions.run(() => endpoints.hold(org))).toBeNull();
      expect(await endpoints.find(['x'.repeat(32)])).toEqual(new Map());
    });

    it.each<[string, (endpoint: WebhookEndpoint) => WebhookEndpoint]>([
      ['as it was made', (endpoint) => endpoint],
      ['after a rotation', (endpoint) => endpoint.rotated(keys('next'), at(1))],
      [
        'after two rotations',
        (endpoint) => endpoint.rotated(keys('next'), at(1)).rotated(keys('last'), at(2)),
      ],
      ['with a hook', (endpoint) => endpoint.withHook(hook(at(2)))],
      [
        'renewed',
        (endpoint) => endpoint.rotated(keys('x'), at(1)).renewedFor(randomUUID(), keys('y'), at(3)),
      ],
      ['without its hook again', (endpoint) => endpoint.withHook(hook(at(2))).withHook(null)],
    ])('returns exactly the saved endpoint, %s', async (_, change) => {
      await endpoints.save(fresh());
      const changed = change((await endpoints.ofOrg(org))!);
      await endpoints.save(changed);
      for (const found of [
        await endpoints.ofOrg(org),
        (await endpoints.find([changed.id])).get(changed.id),
      ]) {
        expect(found).toEqual(changed);
      }
    });

    it('has nothing left once removed', async () => {
      const endpoint = fresh();
      await endpoints.save(endpoint);
      await endpoints.save(fresh(orgId(`${org}-other`)));
      await endpoints.remove(org);
      expect(await endpoints.ofOrg(org)).toBeNull();
      expect(await endpoints.find([endpoint.id])).toEqual(new Map());
      expect(await endpoints.ofOrg(orgId(`${org}-other`))).not.toBeNull();
      await endpoints.remove(org);
    });

    it('lets one change after the other', async () => {
      await endpoints.save(fresh());
      const rotate = () =>
        transactions.run(async () => {
          const held = (await endpoints.hold(org))!;
          await endpoints.ofOrg(org);
          await endpoints.save(held.rotated(keys(`${held.keys.sealed}+`), at(1)));
        });
      await Promise.all(Array.from({ length: 8 }, rotate));
      expect((await endpoints.ofOrg(org))?.keys.sealed).toBe('sealed++++++++');
    });

    it('keeps nothing of a transaction that fails', async () => {
      const failing = transactions.run(async () => {
        await endpoints.save(fresh());
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(await endpoints.ofOrg(org)).toBeNull();
    });

    const due = (minute: number) => ({ before: at(minute), withReplacedKeysBefore: at(minute) });

    async function givenLookedAt(...minutes: (number | null)[]) {
      const orgs = minutes.map(() => orgId(`org-${randomUUID()}`));
      for (const [number, minute] of minutes.entries()) {
        const endpoint = fresh(orgs[number]);
        await endpoints.save(minute === null ? endpoint : endpoint.withHook(hook(at(minute))));
      }
      return orgs;
    }

    it('gives away whose hook was not looked at for the longest, once, leaving out those without', async () => {
      await endpoints.takeDue(due(30), at(59), 1000);
      const [second, first, late] = await givenLookedAt(20, 10, 30, null);
      expect(await endpoints.takeDue(due(30), at(40), 1)).toEqual([first]);
      expect(await endpoints.takeDue(due(30), at(40), 9)).toEqual([second]);
      expect(await endpoints.takeDue(due(30), at(40), 9)).toEqual([]);
      expect((await endpoints.ofOrg(first!))?.hook?.checkedAt).toEqual(at(40));
      expect((await endpoints.ofOrg(late!))?.hook?.checkedAt).toEqual(at(30));
    });

    it('gives away earlier whose hook has keys that are accepted for a while longer', async () => {
      await endpoints.takeDue(due(99), at(100), 1000);
      const orgs = ['handed over', 'not handed over', 'too late'].map(() => orgId(`org-${randomUUID()}`));
      const [done, open, late] = orgs;
      const given = (of: OrgId, keysId: string) => fresh(of).withHook({ ...hook(at(100)), keysId });
      const next = keys('next');
      await endpoints.save(given(done!, next.id).rotated(next, at(100)));
      await endpoints.save(given(open!, randomUUID()).rotated(next, at(100)));
      await endpoints.save(given(late!, randomUUID()).rotated(next, at(90)));
      const last = { before: at(41), withReplacedKeysBefore: at(101) };
      expect(await endpoints.takeDue(last, at(102), 9)).toEqual([open]);
      expect(await endpoints.takeDue(last, at(102), 9)).toEqual([]);
    });

    it('gives each hook to one of those who ask at the same time', async () => {
      await endpoints.takeDue(due(30), at(59), 1000);
      const orgs = await givenLookedAt(...Array.from({ length: 24 }, (_, minute) => minute));
      const taken = await Promise.all([1, 2, 3, 4].map(() => endpoints.takeDue(due(30), at(40), 12)));
      taken.push(await endpoints.takeDue(due(30), at(40), 24));
      expect(taken.flat().sort()).toEqual(orgs.sort());
    });

    it('goes through all orgs in order', async () => {
      const mine = [1, 2, 3].map((number) => orgId(`${org}-${number}`));
      for (const of of mine) await endpoints.save(fresh(of));
      expect(await endpoints.orgsAfter(org, 2)).toEqual(mine.slice(0, 2));
      const [rest] = await endpoints.orgsAfter(mine[1]!, 1);
      expect(rest).toBe(mine[2]);
    });
  });
}

/** Describes what every log of deliveries must do. Other orgs' rows may be there. */
export function describeDeliveriesContract(
  name: string,
  arrange: () => Promise<{ deliveries: Deliveries; transactions: Transactions }>,
): void {
  describe(`Deliveries contract: ${name}`, () => {
    let deliveries: Deliveries;
    let transactions: Transactions;
    let org: OrgId;
    beforeEach(async () => {
      ({ deliveries, transactions } = await arrange());
      org = orgId(`org-${randomUUID()}`);
    });

    const arrival = (minute: number) => ({
      ...{ id: randomUUID(), org, at: at(minute) },
      ...{ event: 'Push Hook', commit: 'b'.repeat(40), coalesced: 0 },
    });
    const accepted = (minute = 0): Delivery => ({
      ...arrival(minute),
      ...{ outcome: 'accepted', reason: null, runId: null },
    });
    const ignored = (minute = 0): Delivery => ({
      ...arrival(minute),
      ...{ event: null, commit: null, outcome: 'ignored', reason: 'other_branch', runId: null },
    });
    const refused = (minute = 0, reason: 'secret_wrong' | 'secret_missing' = 'secret_wrong'): Delivery => ({
      ...arrival(minute),
      ...{ outcome: 'refused', reason, runId: null },
    });
    const all = async () => (await deliveries.list(org, {})).items;
    const add = (delivery: Delivery, key: string | null = null) => deliveries.add([{ delivery, key }]);

    it('lists exactly the added deliveries, newest first, and none of other orgs', async () => {
      const [one, two] = [accepted(2), ignored(1)];
      const elsewhere = { ...accepted(), org: orgId(`org-${randomUUID()}`) };
      const added = [one, elsewhere, two].map((delivery) => ({ delivery, key: null }));
      expect(await deliveries.add(added)).toEqual(new Set([one.id, elsewhere.id, two.id]));
      expect(await all()).toEqual([two, one]);
      expect((await deliveries.list(elsewhere.org, {})).items).toEqual([elsewhere]);
    });

    it('counts deliveries without a row of their own', async () => {
      const delivery = accepted();
      await add(delivery);
      await deliveries.count([{ org: orgId(`org-${randomUUID()}`), id: delivery.id, count: 9 }]);
      await deliveries.count([{ org, id: delivery.id, count: 2 }]);
      await deliveries.count([{ org, id: delivery.id, count: 3 }]);
      expect(await all()).toEqual([{ ...delivery, coalesced: 5 }]);
    });

    it('takes each key once per org, also of several at the same moment', async () => {
      const rivals = [accepted(), accepted(), accepted()];
      const stored = await Promise.all(rivals.map((rival) => add(rival, 'id-1')));
      expect(stored.map((ids) => ids.size).sort()).toEqual([0, 0, 1]);
      const elsewhere = { ...accepted(), org: orgId(`org-${randomUUID()}`) };
      expect(await add(elsewhere, 'id-1')).toEqual(new Set([elsewhere.id]));
      await add(accepted(), 'id-2');
      expect(await all()).toHaveLength(2);
    });

    it('knows the keys it took, each org’s for itself', async () => {
      await add(accepted(), 'id-1');
      await add({ ...accepted(), org: orgId(`org-${randomUUID()}`) }, 'id-2');
      const asked = ['id-1', 'id-2', 'id-3'].map((key) => ({ org, key }));
      expect(await deliveries.known(asked)).toEqual(new Set(['id-1']));
      expect(await deliveries.known([])).toEqual(new Set());
    });

    it('knows nothing of a transaction that failed: the same key may come again', async () => {
      const failing = transactions.run(async () => {
        await add(accepted(), 'id-1');
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(await all()).toEqual([]);
      expect((await add(accepted(), 'id-1')).size).toBe(1);
    });

    it('shows the last 50', async () => {
      const added = Array.from({ length: 53 }, (_, minute) => accepted(minute));
      for (const delivery of added) await add(delivery);
      const { items } = await deliveries.list(org, { limit: 200 });
      expect(items).toEqual(added.slice(3).reverse());
    });

    it('keeps rows younger than a given time, also beyond the last 50', async () => {
      const others = orgId(`org-${randomUUID()}`);
      const elsewhere = Array.from({ length: 51 }, () => ({ ...accepted(0), org: others }));
      const added = [accepted(1), accepted(5), ...Array.from({ length: 50 }, () => accepted(1))];
      await deliveries.add([...elsewhere, ...added].map((delivery) => ({ delivery, key: delivery.id })));
      await deliveries.prune([org], at(3));
      const known = await deliveries.known(added.map(({ id }) => ({ org, key: id })));
      expect(known).toEqual(new Set(added.slice(1).map(({ id }) => id)));
      expect((await deliveries.known(elsewhere.map(({ id }) => ({ org: others, key: id })))).size).toBe(51);
    });

    it('keeps the last refusal of each kind', async () => {
      const [first, again, other] = [refused(1), refused(3), refused(2, 'secret_missing')];
      for (const delivery of [first, other, accepted(2), again]) {
        await add(delivery, delivery.outcome === 'refused' ? `refused:${delivery.reason}` : null);
      }
      expect((await all()).map(({ reason }) => reason)).toEqual(['secret_wrong', null, 'secret_missing']);
      expect((await all())[0]).toEqual(again);
    });

    it('goes on from a cursor', async () => {
      const added = [accepted(1), ignored(2), accepted(3)];
      for (const delivery of added) await add(delivery);
      const first = await deliveries.list(org, { limit: 2 });
      expect(first.items).toEqual([added[2], added[1]]);
      const second = await deliveries.list(org, { limit: 2, cursor: first.nextCursor });
      expect(second).toEqual({ items: [added[0]], nextCursor: null });
    });

    it.each(['no cursor', Buffer.from('["drop table"]').toString('base64url')])(
      'refuses the cursor %j',
      async (cursor) => {
        await expect(deliveries.list(org, { cursor })).rejects.toMatchObject({ code: 'validation_failed' });
      },
    );

    it('returns the times of the last proven delivery and of the last refused one', async () => {
      expect(await deliveries.lastProven(org, at(0))).toBeNull();
      expect(await deliveries.lastRefused(org, at(0))).toBeNull();
      for (const delivery of [accepted(1), ignored(2), refused(3)]) await add(delivery);
      expect(await deliveries.lastProven(org, at(2))).toEqual(at(2));
      expect(await deliveries.lastRefused(org, at(3))).toEqual({ at: at(3), reason: 'secret_wrong' });
      expect(await deliveries.lastProven(org, at(3))).toBeNull();
      expect(await deliveries.lastRefused(org, at(4))).toBeNull();
    });
  });
}
