import { randomUUID } from 'node:crypto';
import { orgId, type ErrorCode, type OrgId, type Transactions } from '@app/kernel';
import type { Deliveries, Delivery, Message, Notices, StoredChannels } from '@app/notifications/testing';

export interface NotificationsSubject {
  readonly notices: Notices;
  readonly deliveries: Deliveries;
  readonly channels: StoredChannels;
  readonly transactions: Transactions;
}

const NOON = new Date('2026-01-01T12:00:00Z');
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

/** Describes what the stores of notifications must do. Other tests may use the same database: each case has its own orgs. */
export function describeNotificationsContract(name: string, arrange: () => NotificationsSubject): void {
  describe(`${name}: the stores of notifications`, () => {
    let org: OrgId;
    beforeEach(() => (org = orgId(`org-${randomUUID()}`)));

    const expires = (of: OrgId, days: number) =>
      ({ kind: 'token_expires', org: of, expiresAt: NOON.toISOString(), days }) as const;
    const message = (
      of: OrgId,
      at = NOON,
      content: Message['content'] = { notice: expires(of, 7), others: {} },
    ) => ({
      ...{ id: randomUUID(), org: of, at, content },
    });
    const claimed = async ({ deliveries }: NotificationsSubject, now: Date, until: Date) =>
      (await deliveries.claim(now, until, 1_000)).filter((delivery) => delivery.message.org === org);

    it('keep the notices of an org in their order until they are removed', async () => {
      const { notices, transactions } = arrange();
      for (const days of [14, 7, 1]) await notices.add(expires(org, days), later(days));
      await notices.add(expires(orgId(`${org}-other`), 7), NOON);
      const read = () => transactions.run(() => notices.lock(org));
      const [first, second, third] = await read();
      expect([first, second, third].map(({ notice, at }) => [notice, at])).toEqual(
        [14, 7, 1].map((days) => [expires(org, days), later(days)]),
      );
      await notices.remove(org, [first.position, third.position]);
      expect(await read()).toEqual([second]);
      await notices.remove(org, []);
    });

    it('name the orgs whose notices are due', async () => {
      const { notices } = arrange();
      await notices.add(expires(org, 7), later(5));
      expect(await notices.dueOrgs(later(4), 1_000)).not.toContain(org);
      expect(await notices.dueOrgs(later(5), 1_000)).toContain(org);
      await notices.postpone(org, later(60));
      expect(await notices.dueOrgs(later(59), 1_000)).not.toContain(org);
      expect(await notices.dueOrgs(later(60), 1_000)).toContain(org);
    });

    it('keep no notice of a change that was rolled back', async () => {
      const { notices, transactions } = arrange();
      const undone = transactions.run(async () => {
        await notices.beginStop(org, { code: 'project_gone', since: NOON });
        await notices.add(expires(org, 7), NOON);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await transactions.run(() => notices.lock(org))).toEqual([]);
      expect(await notices.endStop(org)).toBeNull();
    });

    it('note each stop once, and give it to one caller when it ends', async () => {
      const { notices } = arrange();
      const begin = (code: ErrorCode, minutes: number) =>
        notices.beginStop(org, { code, since: later(minutes) });
      expect([
        await begin('project_gone', 0),
        await begin('project_gone', 1),
        await begin('token_rejected', 2),
      ]).toEqual([true, false, true]);
      const stop = { code: 'token_rejected', since: NOON };
      const before = orgId(org.slice(0, -1));
      expect((await notices.stopsAfter(before, 1))[0]).toEqual({ org, stop });
      expect(await notices.stopsAfter(org, 1)).not.toContainEqual({ org, stop });
      const ends = await Promise.all([notices.endStop(org), notices.endStop(org)]);
      expect(ends.filter(Boolean)).toEqual([stop]);
    });

    it('give each delivery to one caller until its claim ends', async () => {
      const subject = arrange();
      const sent = message(org);
      await subject.deliveries.add(sent, ['webhook', 'slack'], NOON);
      expect(await claimed(subject, later(-1), later(1))).toEqual([]);
      const both = await Promise.all([1, 2].map(() => claimed(subject, NOON, later(1))));
      expect(
        both
          .flat()
          .map(({ channel }) => channel)
          .sort(),
      ).toEqual(['slack', 'webhook']);
      expect(both.flat()[0]).toMatchObject({ message: sent, attempts: 1 });
      expect(await claimed(subject, NOON, later(1))).toEqual([]);
      expect(await claimed(subject, later(1), later(2))).toMatchObject([{ attempts: 2 }, { attempts: 2 }]);
    });

    it('forget no delivery before it has arrived or is given up', async () => {
      const subject = arrange();
      const { deliveries } = subject;
      await deliveries.add(message(org), ['webhook'], NOON);
      const [first] = await claimed(subject, NOON, later(1));
      await deliveries.failed(first, { error: 'the receiver answered 500', at: later(1), retryAt: later(5) });
      expect(await claimed(subject, later(4), later(9))).toEqual([]);
      const [second] = await claimed(subject, later(5), later(6));
      await deliveries.failed(first, { error: 'a late report', at: later(6), retryAt: null });
      expect(await claimed(subject, later(6), later(7))).toMatchObject([{ attempts: 3 }]);
      await deliveries.delivered(second, later(7), null);
      expect(await claimed(subject, later(99), later(100))).toEqual([]);
    });

    it('show how the last deliveries of each channel ended', async () => {
      const subject = arrange();
      const { deliveries } = subject;
      expect(await deliveries.states(org)).toEqual([]);
      await deliveries.add(message(org), ['webhook', 'email'], NOON);
      await deliveries.add(message(org, later(1)), ['webhook'], later(1));
      const of = (delivery: Delivery, minutes: number) =>
        delivery.message.at.getTime() === later(minutes).getTime();
      const all = await claimed(subject, later(1), later(2));
      for (const delivery of all.filter((one) => of(one, 0)))
        await deliveries.delivered(
          delivery,
          later(2),
          delivery.channel === 'email' ? 'one was refused' : null,
        );
      const failure = { error: 'the receiver answered 500', at: later(3), retryAt: null };
      await deliveries.failed(
        all.find((one) => of(one, 1))!,
        failure,
      );
      const states = await deliveries.states(org);
      expect(states.sort((one, other) => (one.channel < other.channel ? -1 : 1))).toEqual([
        {
          channel: 'email',
          deliveredAt: later(2),
          failure: { error: 'one was refused', at: later(2), retryAt: null },
        },
        { channel: 'webhook', deliveredAt: later(2), failure },
      ]);
    });

    it('count messages once, and tests apart from them', async () => {
      const { deliveries } = arrange();
      await deliveries.add(message(org, later(1)), ['webhook', 'slack'], NOON);
      await deliveries.add(message(org, later(2), 'test'), ['webhook', 'slack'], NOON);
      expect(await deliveries.sentSince(org, NOON)).toEqual([{ at: later(1), kind: 'token_expires' }]);
      expect(await deliveries.testsSince(org, NOON)).toEqual([later(2)]);
      expect(await deliveries.sentSince(org, later(1))).toEqual([]);
    });

    it('drop a delivery to a channel that was removed', async () => {
      const subject = arrange();
      await subject.deliveries.add(message(org), ['webhook'], NOON);
      const [delivery] = await claimed(subject, NOON, later(1));
      await subject.deliveries.drop(delivery);
      expect(await claimed(subject, later(9), later(10))).toEqual([]);
    });

    it('keep the sealed channels of an org', async () => {
      const { channels, transactions } = arrange();
      expect(await channels.find(org)).toBeNull();
      await channels.save(org, 'first');
      await channels.save(org, 'second');
      expect(await transactions.run(() => channels.lock(org))).toBe('second');
      await channels.reseal(org, 'first', 'third');
      expect(await channels.find(org)).toBe('second');
      await channels.reseal(org, 'second', 'third');
      expect(await channels.find(org)).toBe('third');
      expect(await channels.orgsAfter(orgId(org.slice(0, -1)), 1)).toEqual([org]);
      expect(await channels.orgsAfter(org, 1)).not.toContain(org);
    });
  });
}
