import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { ManualClock, orgId, type OrgId, type Transactions } from '@app/kernel';
import type { GitLab } from '@app/gitlab';
import type { SyncTarget } from '@app/project-config';
import type { Conflict, Quarantined, Run, RunError } from '@app/sync-engine';
import {
  PassRecord,
  SyncPass,
  type BaseEntries,
  type Blocked,
  type Findings,
  type ProposedEntries,
  type RunChanges,
  type SyncRuns,
  type SyncStates,
  newProposal,
  withCycle,
} from '@app/sync-engine/testing';

interface Subject {
  readonly states: SyncStates;
  readonly base: BaseEntries;
  readonly proposed: ProposedEntries;
  readonly runs: SyncRuns;
  readonly runChanges: RunChanges;
  readonly findings: Findings;
  readonly transactions: Transactions;
  /** Lets the leases of the org run out. */
  expireLeases(org: OrgId): Promise<void>;
}

/** As another worker would, outside of the transaction that is open here. */
const elsewhere = AsyncLocalStorage.snapshot();

const TTL = 30_000;
/** Number of checks; another worker's write would be through long before the last. */
const LOOKS = 50;
/** Nothing is asked of them where something is recorded. */
const [TARGET, GITLAB] = [{} as SyncTarget, {} as GitLab];
const NOON = new Date('2026-01-01T12:00:00.000Z');
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
const stopped = (more: Partial<Blocked> = {}): Blocked => ({
  ...{ code: 'project_gone', detail: 'x', scope: 'all', kinds: [], tries: 2, retryAt: later(30) },
  ...more,
});

/** Describes what every store of the sync engine must do. Other orgs' rows may be there. */
export function describeSyncStoresContract(name: string, arrange: () => Promise<Subject>): void {
  describe(`Sync stores contract: ${name}`, () => {
    let subject: Subject;
    let org: OrgId;
    beforeEach(async () => {
      subject = await arrange();
      org = orgId(`org-${randomUUID()}`);
    });

    describe('the lease', () => {
      it('is held by one worker at a time', async () => {
        const { states } = subject;
        const [one, two] = await Promise.all([states.acquire(org, 'a', TTL), states.acquire(org, 'b', TTL)]);
        expect([one, two].filter((lease) => lease !== null)).toHaveLength(1);
      });

      it('is free again once it is given back', async () => {
        const { states } = subject;
        const lease = (await states.acquire(org, 'a', TTL))!.lease;
        await states.release(lease);
        expect((await states.acquire(org, 'b', TTL))?.lease).toEqual({
          org,
          owner: 'b',
          fence: lease.fence + 1,
        });
      });

      it('passes on when it has run out, and the former holder records nothing any more', async () => {
        const { states, transactions } = subject;
        const former = (await states.acquire(org, 'a', TTL))!.lease;
        await subject.expireLeases(org);
        const present = (await states.acquire(org, 'b', TTL))!.lease;
        await expect(transactions.run(() => states.hold(former, TTL))).rejects.toMatchObject({
          code: 'lease_lost',
        });
        await states.release(former);
        await transactions.run(() => states.hold(present, TTL));
      });

      it('belongs only to its owner, also if a crash made the same fence be given again', async () => {
        const { states, runs, transactions } = subject;
        const { lease } = (await states.acquire(org, 'a', TTL))!;
        const former = { ...lease, owner: 'b' };
        await runs.request(org, 'pull', 'manual', later(0));
        await expect(transactions.run(() => states.hold(former, TTL))).rejects.toMatchObject({
          code: 'lease_lost',
        });
        expect(await runs.start(former, ['pull'], later(0))).toBeNull();
        await states.release(former, { baseCommit: 'stale' });
        expect(await states.acquire(org, 'c', TTL)).toBeNull();
        expect(await states.load(org)).toMatchObject({ baseCommit: null });
      });

      it('is renewed by holding it', async () => {
        const { states, transactions } = subject;
        const lease = (await states.acquire(org, 'a', TTL))!.lease;
        await subject.expireLeases(org);
        await transactions.run(() => states.hold(lease, TTL));
        expect(await states.acquire(org, 'b', TTL)).toBeNull();
      });

      it('comes with the state', async () => {
        const { states } = subject;
        const { lease, state } = (await states.acquire(org, 'a', TTL))!;
        expect(state).toEqual(await states.load(org));
        await states.save(org, { baseCommit: 'abc', pushedRevision: 3, nextPollAt: later(1) });
        await states.release(lease);
        expect((await states.acquire(org, 'b', TTL))?.state).toEqual(await states.load(org));
      });

      it('is released together with the final writes, and only by the present holder', async () => {
        const { states } = subject;
        const former = (await states.acquire(org, 'a', TTL))!.lease;
        await subject.expireLeases(org);
        const present = (await states.acquire(org, 'b', TTL))!.lease;
        await states.release(former, { baseCommit: 'stale' });
        expect(await states.load(org)).toMatchObject({ baseCommit: null });
        await states.release(present, { baseCommit: 'abc', failure: null });
        expect(await states.acquire(org, 'c', TTL)).toMatchObject({ state: { baseCommit: 'abc' } });
      });

      it('cannot be held after it was given back', async () => {
        const { states, transactions } = subject;
        const lease = (await states.acquire(org, 'a', TTL))!.lease;
        await states.release(lease);
        await expect(transactions.run(() => states.hold(lease, TTL))).rejects.toMatchObject({
          code: 'lease_lost',
        });
      });
    });

    describe('the state', () => {
      it('is returned for many orgs in one call, without those that have none', async () => {
        const { states } = subject;
        const [one, other, none] = [1, 2, 3].map(() => orgId(`org-${randomUUID()}`));
        for (const each of [one, other]) await states.acquire(each, 'a', TTL);
        await states.save(one, { baseCommit: 'c1' });
        await states.save(other, { pushedRevision: 7, directories: ['notes'], nextPollAt: NOON });
        const all = await states.loadAll([one, other, none]);
        expect([...all.keys()].sort()).toEqual([one, other].sort());
        for (const each of [one, other]) expect(all.get(each)).toEqual(await states.load(each));
        expect(all.get(other)).toMatchObject({ pushedRevision: 7, directories: ['notes'], nextPollAt: NOON });
      });

      it('keeps a proposal with its times', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        const cycle = {
          ...{ branch: 'dot/context', start: 'c1', head: 'c2', exists: true, first: 'x' },
          compareAllAt: later(3),
        };
        const mergeRequest = {
          ...{
            iid: 12,
            webUrl: 'https://gitlab.com/a/b/-/merge_requests/12',
            state: 'closed' as const,
            title: 'Update',
          },
          ...{
            changes: 2,
            conflict: false,
            updatedAt: NOON,
            ours: true,
            branch: 'dot/context',
            written: 'd',
          },
        } as const;
        const proposal = {
          ...{ cycle, renew: true, landedRevision: 4, reviewed: [5, 7], mergeRequest },
          ...{ refusal: { how: 'closed' as const, revision: 6 }, superseded: null },
        } as const;
        await states.save(org, { proposal, pushAfter: later(2) });
        expect(await states.load(org)).toMatchObject({ proposal, pushAfter: later(2) });
        await states.attemptNow(org, NOON);
        expect(await states.load(org)).toMatchObject({ proposal, pushAfter: null });
        await states.save(org, { proposal: null });
        expect(await states.load(org)).toMatchObject({ proposal: null });
      });

      it('notes the webhooks of many orgs in one call, and of no other', async () => {
        const { states } = subject;
        const [known, unknown, apart] = [1, 2, 3].map(() => orgId(`org-${randomUUID()}`));
        for (const each of [known, apart]) await states.acquire(each, 'a', TTL);
        await states.save(known, { baseCommit: 'c1' });
        await states.noteWebhooks([known, unknown], NOON);
        const seen = { blocked: null, webhookSeenAt: NOON, taken: false, workCommit: null };
        expect(await states.webhookContext([known, unknown, orgId(`org-${randomUUID()}`)])).toEqual(
          new Map([
            [known, { ...seen, baseCommit: 'c1', taken: true }],
            [unknown, { ...seen, baseCommit: null }],
          ]),
        );
        expect((await states.load(apart)).webhookSeenAt).toBeNull();
      });

      it('shows webhooks the head of the work branch', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        await states.save(org, { proposal: withCycle(newProposal(3), 'dot/context', 'h') });
        expect((await states.webhookContext([org])).get(org)).toMatchObject({ workCommit: 'h' });
        await states.save(org, { proposal: newProposal(3) });
        expect((await states.webhookContext([org])).get(org)).toMatchObject({ workCommit: null });
      });

      it('is fresh for an org that never synced', async () => {
        expect(await subject.states.load(org)).toMatchObject({
          org,
          baseCommit: null,
          pushedRevision: 0,
          inFlight: null,
          directories: null,
        });
      });

      it('keeps the saved values, field by field', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        const agreed = [['a.md', { remote: '1', local: '2' }]] as const;
        const inFlight = { id: 'x', changeId: null, revision: 4, agreed, completes: true, landedAs: 'c1' };
        const failure: RunError = { code: 'rate_limited', detail: 'later', by: 'dot', retryAt: later(1) };
        await states.save(org, {
          targetId: randomUUID(),
          baseCommit: 'abc',
          inFlight,
          directories: ['notes'],
        });
        await states.save(org, { pushedRevision: 7, failure, failures: 2, nextAttemptAt: later(1) });
        expect(await states.load(org)).toMatchObject({
          baseCommit: 'abc',
          inFlight,
          directories: ['notes'],
          pushedRevision: 7,
          failure,
          failures: 2,
          nextAttemptAt: later(1),
        });
        await states.save(org, { inFlight: null, failure: null });
        expect(await states.load(org)).toMatchObject({ inFlight: null, failure: null, baseCommit: 'abc' });
      });

      it('is not written if the transaction fails', async () => {
        const { states, transactions, base } = subject;
        await states.acquire(org, 'a', TTL);
        const work = transactions.run(async () => {
          await states.save(org, { baseCommit: 'abc' });
          await base.agree(
            org,
            new Map([['a.md', { remote: '1', local: '1', supersededUpTo: 1, seenAt: null }]]),
          );
          throw new Error('crash');
        });
        await expect(work).rejects.toThrow('crash');
        expect((await states.load(org)).baseCommit).toBeNull();
        expect((await base.all(org)).size).toBe(0);
      });

      it('lets a stop be tried earlier, without forgetting how often it was tried', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        await states.save(org, { blocked: stopped() });
        await states.retryBlocked([org, orgId('unknown')], later(2));
        expect((await states.load(org)).blocked).toEqual(stopped({ retryAt: later(2) }));
        await states.save(org, { blocked: null });
        await states.retryBlocked([org], later(2));
        expect((await states.load(org)).blocked).toBeNull();
      });

      it('retries refused files when a person asks, and only those', async () => {
        const { states, findings } = subject;
        await states.acquire(org, 'a', TTL);
        await states.save(org, { nextAttemptAt: later(9), heldTries: 3, heldRetryAt: null });
        await states.attemptNow(org, later(1));
        expect(await states.load(org)).toMatchObject({ nextAttemptAt: null, heldRetryAt: null });
        const refused = {
          path: 'a.md',
          side: 'local',
          blob: null,
          reason: 'refused_by_gitlab',
          detail: '',
        } as const;
        await findings.quarantine(org, [{ ...refused, at: NOON }]);
        await states.attemptNow(org, later(1));
        expect(await states.load(org)).toMatchObject({ heldTries: 3, heldRetryAt: later(1) });
      });

      it('lets interrupted inspections be repeated when a person asks, and only those', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        await states.attemptNow(org, later(1));
        expect(await states.load(org)).toMatchObject({ inspectRetryAt: null });
        await states.save(org, { inspectRetryAt: later(9) });
        await states.attemptNow(org, later(1));
        expect(await states.load(org)).toMatchObject({ inspectRetryAt: later(1), heldRetryAt: null });
      });

      it('lifts a block once and returns the blocked run', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        const blocked = stopped({ scope: 'push', kinds: ['push'] });
        await states.save(org, { blocked, nextAttemptAt: later(9) });
        expect(await states.unblock(org)).toEqual(blocked);
        expect(await states.unblock(org)).toBeNull();
        expect(await states.load(org)).toMatchObject({ blocked: null, nextAttemptAt: null });
      });

      it('no longer wants the runs of a kind that a person cancelled, and ends with the last kind', async () => {
        const { states } = subject;
        await states.acquire(org, 'a', TTL);
        const blocked = stopped({ scope: 'all', kinds: ['pull', 'push'] });
        await states.save(org, { blocked });
        await states.dropBlocked(org, 'initial');
        expect((await states.load(org)).blocked).toEqual(blocked);
        await states.dropBlocked(org, 'push');
        expect((await states.load(org)).blocked).toEqual({ ...blocked, kinds: ['pull'] });
        await states.dropBlocked(org, 'pull');
        expect((await states.load(org)).blocked).toBeNull();
      });
    });

    describe('the base', () => {
      const entry = (blob: string | null, supersededUpTo = 0, seenAt: string | null = null) => ({
        ...{ remote: blob, local: blob, supersededUpTo, seenAt },
      });

      it('returns the agreed state, and never goes back to an older one', async () => {
        const { base } = subject;
        await base.agree(
          org,
          new Map([
            ['a.md', entry('1', 5)],
            ['b.md', { remote: '2', local: null, supersededUpTo: 0, seenAt: null }],
          ]),
        );
        await base.agree(org, new Map([['a.md', entry('3', 2)]]));
        expect(await base.all(org)).toEqual(
          new Map([
            ['a.md', entry('3', 5)],
            ['b.md', { remote: '2', local: null, supersededUpTo: 0, seenAt: null }],
          ]),
        );
        expect(await base.countInDot(org)).toBe(1);
      });

      it('marks deletions that wait, by path, until the path has another base', async () => {
        const { base } = subject;
        const waits = { ...entry(null), local: '1', supersededUpTo: 3, deletionWaits: true } as const;
        await base.agree(
          org,
          new Map([
            ['c.md', waits],
            ['b.md', waits],
            ['a.md', entry('1')],
          ]),
        );
        expect([...(await base.waitingDeletions(org))]).toEqual([
          ['b.md', waits],
          ['c.md', waits],
        ]);
        expect((await base.around(org, ['b.md'])).get('b.md')).toEqual(waits);
        await base.agree(org, new Map([['b.md', entry('2')]]));
        expect(await base.countWaitingDeletions(org)).toBe(1);
        expect(await base.countWaitingDeletions(orgId(`${org}x`))).toBe(0);
      });

      it('finds the neighbours of a path: itself, its directories, and the paths below it', async () => {
        const { base } = subject;
        const paths = ['n/a.md', 'n/a.md/b.md', 'n/a.md/b/c.md', 'n/a.md.md', 'n/a.mdx.md', 'n/a.m.md', 'n'];
        await base.agree(org, new Map(paths.map((path) => [path, entry('1')])));
        expect([...(await base.around(org, ['n/a.md'])).keys()].sort()).toEqual([
          'n',
          'n/a.md',
          'n/a.md/b.md',
          'n/a.md/b/c.md',
        ]);
        expect((await base.around(org, [])).size).toBe(0);
      });

      it('notes the commit in which a blob of GitLab was seen, and keeps it while the blob stays', async () => {
        const { base } = subject;
        const seenAt = async () => [...(await base.all(org))].map(([path, base]) => [path, base.seenAt]);
        await base.agree(
          org,
          new Map([
            ['a', entry('1', 0, 'c1')],
            ['b', entry(null, 0, 'c1')],
          ]),
        );
        await base.agree(
          org,
          new Map([
            ['a', entry('1', 0, 'c2')],
            ['b', entry(null)],
          ]),
        );
        expect((await seenAt()).sort()).toEqual([
          ['a', 'c1'],
          ['b', 'c1'],
        ]);
        await base.agree(org, new Map([['a', entry('2', 0, 'c2')]]));
        await base.noteSeen(org, ['b', 'none'], 'c3');
        expect((await seenAt()).sort()).toEqual([
          ['a', 'c2'],
          ['b', 'c3'],
        ]);
        expect([...(await base.around(org, ['a'])).values()]).toEqual([entry('2', 0, 'c2')]);
      });

      it('answers the first paths after any other, by code point', async () => {
        const { base } = subject;
        const paths = ['\u{1f600}', '\uff5e', 'b', 'B', 'a/c', 'é'];
        await base.agree(org, new Map(paths.map((path) => [path, entry('1')])));
        const after = async (path: string, limit: number) => [...(await base.after(org, path, limit)).keys()];
        expect(await after('', 9)).toEqual(['B', 'a/c', 'b', 'é', '\uff5e', '\u{1f600}']);
        expect(await after('a', 2)).toEqual(['a/c', 'b']);
        expect(await after('b', 1)).toEqual(['é']);
        expect(await after('\u{1f600}', 1)).toEqual([]);
        expect((await base.after(orgId(`${org}x`), '', 9)).size).toBe(0);
      });

      it('forgets some, or all', async () => {
        const { base } = subject;
        await base.agree(org, new Map(['a', 'b', 'c'].map((path) => [path, entry('1')])));
        await base.forget(org, ['a']);
        expect([...(await base.all(org)).keys()].sort()).toEqual(['b', 'c']);
        await base.forget(org, 'all');
        expect((await base.all(org)).size).toBe(0);
      });

      it('belongs only to its org', async () => {
        await subject.base.agree(org, new Map([['a.md', entry('1')]]));
        expect((await subject.base.all(orgId(`${org}x`))).size).toBe(0);
      });
    });

    describe('the entries of the work branch', () => {
      const entry = (blob: string | null, supersededUpTo = 0, seenAt: string | null = null) => ({
        ...{ remote: blob, local: blob, supersededUpTo, seenAt },
      });
      const proposed = (start: string | null, blob: string | null, supersededUpTo = 0) => ({
        ...entry(blob, supersededUpTo),
        start,
      });
      beforeEach(() => subject.base.agree(org, new Map([['notes/a.md', entry('1', 3)]])));

      it('start from what the target has, and keep that', async () => {
        const { base, proposed: entries } = subject;
        await entries.agree(
          org,
          new Map([
            ['notes/a.md', entry('2')],
            ['b.md', entry('9')],
          ]),
        );
        await base.agree(
          org,
          new Map([
            ['notes/a.md', entry('3')],
            ['b.md', entry('4')],
          ]),
        );
        await entries.agree(org, new Map([['notes/a.md', entry('5', 7)]]));
        expect(await entries.all(org)).toEqual(
          new Map([
            ['notes/a.md', proposed('1', '5', 7)],
            ['b.md', proposed(null, '9')],
          ]),
        );
      });

      it('preserve what the work branch has, before the target moves', async () => {
        const { proposed: entries } = subject;
        await entries.preserve(org, ['notes/a.md', 'new.md']);
        const known = new Map([
          ['notes/a.md', proposed('1', '1', 3)],
          ['new.md', proposed(null, null)],
        ]);
        expect(await entries.all(org)).toEqual(known);
        await entries.agree(org, new Map([['notes/a.md', entry('2')]]));
        await entries.preserve(org, ['notes/a.md']);
        expect(await entries.all(org)).toEqual(new Map([...known, ['notes/a.md', proposed('1', '2', 3)]]));
      });

      it('note at which commit they were seen', async () => {
        const { proposed: entries } = subject;
        await entries.agree(org, new Map([['b.md', entry('2', 0, 'c1')]]));
        await entries.noteSeen(org, ['b.md', 'notes/a.md'], 'c2');
        const seen = [...(await entries.all(org)).values()].map(({ seenAt }) => seenAt);
        expect(seen).toEqual(['c2', 'c2']);
      });

      it('are found with the directories above them and the files below them, of this org only', async () => {
        const { proposed: entries } = subject;
        await entries.agree(orgId('another'), new Map([['notes', entry('1')]]));
        const all = ['notes', 'notes/b.md', 'notesx.md', 'z.md'].map((path) => [path, entry('1')] as const);
        await entries.agree(org, new Map(all));
        expect([...(await entries.around(org, ['notes'])).keys()].sort()).toEqual(['notes', 'notes/b.md']);
        expect([...(await entries.around(org, ['notes/b.md'])).keys()].sort()).toEqual([
          'notes',
          'notes/b.md',
        ]);
        expect(await entries.around(org, [])).toEqual(new Map());
      });

      it('can be forgotten, some or all', async () => {
        const { proposed: entries } = subject;
        await entries.preserve(org, ['a.md', 'b.md', 'c.md']);
        await entries.forget(org, ['b.md']);
        expect([...(await entries.all(org)).keys()].sort()).toEqual(['a.md', 'c.md']);
        await entries.forget(org, 'all');
        expect(await entries.all(org)).toEqual(new Map());
      });
    });

    describe('the runs', () => {
      it('answers the run that waits instead of queueing another', async () => {
        const { runs } = subject;
        const [one, two] = await Promise.all([
          runs.request(org, 'push', 'auto', NOON),
          runs.request(org, 'push', 'manual', NOON),
        ]);
        expect(two.id).toBe(one.id);
        expect((await runs.request(org, 'pull', 'auto', NOON)).id).not.toBe(one.id);
      });

      it('queues another while one is running', async () => {
        const { runs } = subject;
        const running = await runs.request(org, 'pull', 'webhook', NOON);
        await runs.save({ ...running, status: 'running', attempt: 1 });
        const waiting = await runs.request(org, 'pull', 'webhook', NOON);
        expect(waiting.id).not.toBe(running.id);
        await runs.save({ ...running, status: 'queued', attempt: 1 });
        expect((await runs.request(org, 'pull', 'webhook', NOON)).id).toBe(running.id);
      });

      it('are requested by many orgs in one call, and for no other', async () => {
        const { runs } = subject;
        const [one, other, apart] = [1, 2, 3].map(() => orgId(`org-${randomUUID()}`));
        const waiting = await runs.request(one, 'pull', 'auto', NOON);
        await runs.request(apart, 'push', 'auto', NOON);
        const asked = await runs.requestAll([one, other], 'pull', 'webhook', NOON);
        expect([...asked.keys()].sort()).toEqual([one, other].sort());
        expect(asked.get(one)).toBe(waiting.id);
        expect(await runs.open(other)).toMatchObject([
          { id: asked.get(other), org: other, kind: 'pull', trigger: 'webhook', status: 'queued' },
        ]);
        expect((await runs.open(apart)).map(({ kind }) => kind)).toEqual(['push']);
        expect(await runs.requestAll([one, other], 'pull', 'webhook', NOON)).toEqual(asked);
      });

      it('have a newest one for each of many orgs, whatever its state', async () => {
        const { runs } = subject;
        const [one, other, none, apart] = [1, 2, 3, 4].map(() => orgId(`org-${randomUUID()}`));
        const ended = await runs.request(one, 'initial', 'configure', NOON);
        await runs.save({ ...ended, status: 'succeeded', finishedAt: NOON });
        const waiting = await runs.request(one, 'push', 'auto', NOON);
        const cancelled = await runs.request(other, 'initial', 'configure', NOON);
        await runs.save({ ...cancelled, status: 'cancelled', finishedAt: NOON });
        await runs.request(apart, 'pull', 'auto', NOON);
        const newest = await runs.newest([one, other, none]);
        expect([...newest.keys()].sort()).toEqual([one, other].sort());
        expect(newest.get(one)).toEqual(waiting);
        expect(newest.get(other)).toMatchObject({ id: cancelled.id, status: 'cancelled' });
      });

      describe('that webhooks ask for', () => {
        const [C, D] = ['c'.repeat(40), 'd'.repeat(40)];
        const announce = async (commit?: string) => {
          const announced = new Map(commit ? [[org, commit]] : []);
          return (await subject.runs.requestAll([org], 'pull', 'webhook', NOON, announced)).get(org)!;
        };
        const announced = async (id: string) => (await subject.runs.find(org, id))?.announced;

        it('keep the commit that was announced, by the same name again, and when they start', async () => {
          const { states, runs } = subject;
          const id = await announce(C);
          expect(await announce(C)).toBe(id);
          expect(await announced(id)).toBe(C);
          expect(await runs.open(org)).toMatchObject([{ id, announced: C }]);
          const { lease } = (await states.acquire(org, 'a', TTL))!;
          expect(await runs.start(lease, ['pull'], NOON)).toMatchObject({ id, announced: C });
        });

        it('keep it for each org by itself', async () => {
          const other = orgId(`org-${randomUUID()}`);
          const both = new Map([
            [org, C],
            [other, D],
          ]);
          const ids = await subject.runs.requestAll([org, other], 'pull', 'webhook', NOON, both);
          expect(await subject.runs.find(other, ids.get(other)!)).toMatchObject({ announced: D });
          await subject.runs.requestAll([other], 'pull', 'webhook', NOON, new Map([[other, C]]));
          expect(await subject.runs.find(other, ids.get(other)!)).toMatchObject({ announced: null });
          expect(await announced(ids.get(org)!)).toBe(C);
        });

        it.each<[string, () => Promise<unknown>]>([
          ['a webhook that names another commit', () => announce(D)],
          ['a webhook that names none', () => announce()],
          ['a poll', () => subject.runs.request(org, 'pull', 'poll', NOON)],
        ])('forget it if %s asks for them too, and for good', async (_, ask) => {
          const id = await announce(C);
          await ask();
          expect(await announced(id)).toBeNull();
          expect(await announce(C)).toBe(id);
          expect(await announced(id)).toBeNull();
        });

        it('do not learn it from a webhook that comes later', async () => {
          const { id } = await subject.runs.request(org, 'pull', 'poll', NOON);
          expect(await announce(C)).toBe(id);
          expect(await announced(id)).toBeNull();
        });

        it('keep it while they run: another commit is for the next', async () => {
          const { states, runs } = subject;
          const { lease } = (await states.acquire(org, 'a', TTL))!;
          const id = await announce(C);
          const running = (await runs.start(lease, ['pull'], NOON))!;
          const next = await announce(D);
          expect(next).not.toBe(id);
          await runs.save({ ...running, status: 'queued' });
          expect([await announced(id), await announced(next)]).toEqual([C, D]);
        });
      });

      describe('that traces lead to', () => {
        const note = (run: string, ...traces: string[]) =>
          subject.runs.noteTraces(traces.map((trace) => ({ org, run, trace })));
        const tracesOf = async (id: string) => (await subject.runs.find(org, id))?.traces;

        it('keep them in their order, also when they start and are saved', async () => {
          const { states, runs } = subject;
          const waiting = await runs.request(org, 'push', 'auto', NOON);
          await note(waiting.id, 'a', 'b');
          await note(waiting.id, 'c');
          await runs.save(waiting);
          const { lease } = (await states.acquire(org, 'a', TTL))!;
          const started = await runs.start(lease, ['push'], NOON);
          expect(started).toMatchObject({ id: waiting.id, traces: ['a', 'b', 'c'] });
          expect(await runs.open(org)).toMatchObject([{ traces: ['a', 'b', 'c'] }]);
        });

        it('keep the first 32', async () => {
          const { id } = await subject.runs.request(org, 'push', 'auto', NOON);
          const many = Array.from({ length: 40 }, (_, at) => `${at}`);
          for (const trace of many.slice(0, 31)) await note(id, trace);
          await note(id, ...many.slice(31));
          await note(id, 'late');
          expect(await tracesOf(id)).toEqual(many.slice(0, 32));
        });

        it('take none once they run or are over, and none of another org', async () => {
          const { runs } = subject;
          const running = await runs.request(org, 'push', 'auto', NOON);
          await runs.noteTraces([{ org: orgId(`org-${randomUUID()}`), run: running.id, trace: 'a' }]);
          await runs.save({ ...running, status: 'running', attempt: 1 });
          await note(running.id, 'b');
          await runs.save({ ...running, status: 'succeeded', finishedAt: NOON });
          await note(running.id, 'c');
          expect(await tracesOf(running.id)).toEqual([]);
        });

        it('are noted for many orgs in one call', async () => {
          const { runs } = subject;
          const other = orgId(`org-${randomUUID()}`);
          const ids = await runs.requestAll([org, other], 'pull', 'webhook', NOON);
          const asked = [org, other, org].map((each, at) => ({
            org: each,
            run: ids.get(each)!,
            trace: `${at}`,
          }));
          await runs.noteTraces(asked);
          expect(await tracesOf(ids.get(org)!)).toEqual(['0', '2']);
          expect(await runs.find(other, ids.get(other)!)).toMatchObject({ traces: ['1'] });
        });
      });

      it('continues an interrupted run, then initial, pull, push', async () => {
        const { runs } = subject;
        const order: string[] = [];
        for (const kind of ['push', 'pull', 'initial'] as const) await runs.request(org, kind, 'auto', NOON);
        const push = (await runs.next(org, ['push']))!;
        await runs.save({ ...push, status: 'running', attempt: 1 });
        for (
          let run = await runs.next(org, ['initial', 'pull', 'push']);
          run;
          run = await runs.next(org, ['initial', 'pull', 'push'])
        ) {
          order.push(run.kind);
          await runs.save({ ...run, status: 'succeeded', finishedAt: NOON });
        }
        expect(order).toEqual(['push', 'initial', 'pull']);
      });

      it('starts the next run, and counts the attempt', async () => {
        const { states, runs } = subject;
        const { lease } = (await states.acquire(org, 'a', TTL))!;
        const push = await runs.request(org, 'push', 'auto', NOON);
        const pull = await runs.request(org, 'pull', 'auto', NOON);
        const error: RunError = { code: 'rate_limited', detail: 'later', by: 'dot', retryAt: later(1) };
        await runs.save({ ...pull, attempt: 1, startedAt: NOON, error });
        const started = { ...pull, status: 'running', attempt: 2, startedAt: NOON, error: null };
        expect(await runs.start(lease, ['pull', 'push'], later(5))).toEqual(started);
        expect(await runs.find(org, pull.id)).toEqual(started);
        await runs.save({ ...pull, status: 'succeeded', finishedAt: later(5) });
        expect(await runs.start(lease, ['initial', 'pull'], later(6))).toBeNull();
        const first = { ...push, status: 'running', attempt: 1, startedAt: later(6) };
        expect(await runs.start(lease, ['push'], later(6))).toEqual(first);
      });

      it('starts nothing for a former holder of the lease', async () => {
        const { states, runs } = subject;
        const run = await runs.request(org, 'push', 'auto', NOON);
        const former = (await states.acquire(org, 'a', TTL))!.lease;
        await subject.expireLeases(org);
        const present = (await states.acquire(org, 'b', TTL))!.lease;
        expect(await runs.start(former, ['push'], NOON)).toBeNull();
        await states.release(present);
        expect(await runs.start(present, ['push'], NOON)).toBeNull();
        expect(await runs.find(org, run.id)).toEqual(run);
      });

      it('ignores questions and other kinds when it chooses the next run', async () => {
        const { runs } = subject;
        const run = await runs.request(org, 'pull', 'auto', NOON);
        expect(await runs.next(org, ['push'])).toBeNull();
        await runs.save({ ...run, status: 'awaiting_confirmation', attempt: 1 });
        expect(await runs.next(org, ['pull', 'push'])).toBeNull();
        expect(await runs.open(org)).toHaveLength(1);
      });

      it('locks open runs until the end of a transaction', async () => {
        const { runs, transactions } = subject;
        const run = await runs.request(org, 'pull', 'auto', NOON);
        let cancelling: Promise<void> | undefined;
        await transactions.run(async () => {
          const [open] = await runs.lockOpen(org);
          cancelling = elsewhere(() => runs.save({ ...run, status: 'cancelled', finishedAt: NOON }));
          cancelling.catch(() => undefined); // it is looked at below
          for (let look = 0; look < LOOKS; look++) await runs.find(org, run.id);
          await runs.save({ ...open, status: 'succeeded', finishedAt: NOON });
        });
        await expect(cancelling).rejects.toMatchObject({ code: 'run_over' });
        expect(await runs.lockOpen(org)).toEqual([]);
        expect(await runs.find(org, run.id)).toMatchObject({ status: 'succeeded' });
      });

      it('end with the last checkpoint and the lease, or not at all if a person was faster', async () => {
        const { states, runs, transactions } = subject;
        const run = await runs.request(org, 'pull', 'auto', NOON);
        const { lease, state } = (await states.acquire(org, 'a', TTL))!;
        const start = { lease, heldUntil: Infinity, state };
        const passAt = (it: Run) =>
          new SyncPass(
            new PassRecord({ ...start, run: it }, states, runs, transactions, new ManualClock(NOON), TTL),
            TARGET,
            GITLAB,
          );
        const close = (pass: SyncPass) =>
          pass.close(() => ({
            state: { baseCommit: 'abc' },
            run: (done) => ({ ...done, status: 'succeeded', finishedAt: NOON }),
          }));

        await runs.save({ ...run, status: 'cancelled', finishedAt: NOON });
        await expect(close(passAt(run))).rejects.toMatchObject({ code: 'run_over' });
        expect(await states.load(org)).toMatchObject({ baseCommit: null });
        expect(await states.acquire(org, 'b', TTL)).toBeNull();

        await close(passAt(await runs.request(org, 'pull', 'auto', NOON)));
        expect(await states.load(org)).toMatchObject({ baseCommit: 'abc' });
        expect(await runs.open(org)).toEqual([]);
        expect(await states.acquire(org, 'b', TTL)).not.toBeNull();
      });

      it('keep who asked for them first, whatever is recorded meanwhile', async () => {
        const { runs } = subject;
        const run = await runs.request(org, 'pull', 'manual', NOON);
        await runs.noteRequester(org, run.id, 'Ada');
        await runs.noteRequester(org, run.id, 'Bob');
        await runs.noteRequester(orgId('other'), run.id, 'Eve');
        await runs.save({ ...run, status: 'running' });
        expect(await runs.find(org, run.id)).toMatchObject({ status: 'running', requestedBy: 'Ada' });
      });

      it('does not write over a run that has ended', async () => {
        const { runs } = subject;
        const run = await runs.request(org, 'pull', 'auto', NOON);
        await runs.save({ ...run, status: 'cancelled', finishedAt: NOON });
        await expect(runs.save({ ...run, status: 'running' })).rejects.toMatchObject({ code: 'run_over' });
      });

      it('keeps every field, and lists the newest first, page by page', async () => {
        const { runs } = subject;
        const made = [];
        for (let i = 0; i < 5; i++) {
          const run = await runs.request(org, 'pull', 'poll', later(i));
          const error: RunError = { code: 'token_rejected', detail: 'no', retryAt: later(2) };
          const done = {
            ...run,
            status: 'failed',
            startedAt: later(i),
            finishedAt: later(i),
            attempt: 2,
            apiCalls: 3,
            commits: ['abc'],
            error,
            confirmed: true,
            kept: true,
            head: 'abc',
            title: 'Explain churn',
            author: { name: 'Ada', email: 'ada@example.com' },
            took: ['abc', 'def'],
            progress: { done: 1, total: 2 },
          } as const;
          await runs.save(done);
          made.unshift(done);
        }
        const first = await runs.list(org, { limit: 3 });
        const second = await runs.list(org, { limit: 3, cursor: first.nextCursor });
        expect([...first.items, ...second.items]).toEqual(made);
        expect(second.nextCursor).toBeNull();
        expect(await runs.find(org, made[0].id)).toEqual(made[0]);
        expect(await runs.find(orgId('other'), made[0].id)).toBeNull();
        expect(await runs.find(org, 'no-uuid')).toBeNull();
      });
    });

    describe('the changes of a run', () => {
      const [run, other] = [randomUUID(), randomUUID()];

      it('are merged by path: a file that was created and then updated was created', async () => {
        const { runChanges } = subject;
        await runChanges.add(org, run, [
          { path: 'b.md', op: 'create' },
          { path: 'a.md', op: 'move', from: 'z.md' },
          { path: 'c.md', op: 'delete' },
        ]);
        await runChanges.add(org, run, [
          { path: 'a.md', op: 'update' },
          { path: 'b.md', op: 'update' },
          { path: 'c.md', op: 'create' },
        ]);
        expect(await runChanges.of(org, run)).toEqual([
          { path: 'a.md', op: 'move', from: 'z.md' },
          { path: 'b.md', op: 'create' },
          { path: 'c.md', op: 'create' },
        ]);
      });

      it('are replaced as a whole, and belong to their run and org', async () => {
        const { runChanges } = subject;
        for (const id of [run, other]) await runChanges.add(org, id, [{ path: 'a.md', op: 'delete' }]);
        await runChanges.replace(org, run, [{ path: 'b.md', op: 'delete' }]);
        await runChanges.replace(org, run, [{ path: 'c.md', op: 'delete' }]);
        expect(await runChanges.of(org, run)).toEqual([{ path: 'c.md', op: 'delete' }]);
        expect(await runChanges.of(org, other)).toEqual([{ path: 'a.md', op: 'delete' }]);
        expect(await runChanges.of(orgId(`${org}x`), other)).toEqual([]);
      });
    });

    describe('due work', () => {
      const PUSHES_STOPPED = stopped({ scope: 'push' });
      const due = async (minutes = 0) => (await subject.states.due(later(minutes), 100_000)).includes(org);

      it.each<[string, (subject: Subject) => Promise<unknown>, number, boolean]>([
        ['nothing is wanted', async () => undefined, 0, false],
        ['a run waits', ({ runs }) => runs.request(org, 'push', 'auto', NOON), 0, true],
        [
          'a run waits and someone works',
          async ({ runs, states }) => [
            await runs.request(org, 'push', 'auto', NOON),
            await states.acquire(org, 'a', TTL),
          ],
          0,
          false,
        ],
        [
          'the back-off lasts',
          async ({ runs, states }) => waiting(runs, states, { nextAttemptAt: later(5) }),
          4,
          false,
        ],
        [
          'the back-off is over',
          async ({ runs, states }) => waiting(runs, states, { nextAttemptAt: later(5) }),
          5,
          true,
        ],
        [
          'it is stopped',
          async ({ runs, states }) => waiting(runs, states, { blocked: stopped() }),
          0,
          false,
        ],
        [
          'a push waits and pushes are stopped',
          async ({ runs, states }) => waiting(runs, states, { blocked: PUSHES_STOPPED }),
          0,
          false,
        ],
        [
          'a pull waits and pushes are stopped',
          async ({ runs, states }) => [
            await runs.request(org, 'pull', 'webhook', NOON),
            await waiting(runs, states, { blocked: PUSHES_STOPPED }),
          ],
          0,
          true,
        ],
        [
          'a poll is due and pushes are stopped',
          ({ states }) => idle(states, { nextPollAt: later(5), blocked: PUSHES_STOPPED }),
          5,
          true,
        ],
        [
          'a poll is due and all is stopped',
          ({ states }) => idle(states, { nextPollAt: later(5), blocked: stopped() }),
          5,
          false,
        ],
        [
          'it is stopped and to be tried again',
          ({ states }) => idle(states, { blocked: stopped() }),
          30,
          true,
        ],
        [
          'a push waits, and pushes are to be tried again',
          async ({ runs, states }) => waiting(runs, states, { blocked: PUSHES_STOPPED }),
          30,
          true,
        ],
        [
          'it is stopped and to be tried again, and the back-off lasts',
          ({ states }) => idle(states, { blocked: stopped(), nextAttemptAt: later(31) }),
          30,
          false,
        ],
        ['something refused waits', ({ states }) => idle(states, { heldRetryAt: later(5) }), 4, false],
        [
          'something refused is to be sent again',
          ({ states }) => idle(states, { heldRetryAt: later(5) }),
          5,
          true,
        ],
        [
          'an interrupted inspection waits',
          ({ states }) => idle(states, { inspectRetryAt: later(5) }),
          4,
          false,
        ],
        [
          'an interrupted inspection is to be repeated',
          ({ states }) => idle(states, { inspectRetryAt: later(5) }),
          5,
          true,
        ],
        ['a poll is to come', ({ states }) => idle(states, { nextPollAt: later(5) }), 4, false],
        ['a poll is due', ({ states }) => idle(states, { nextPollAt: later(5) }), 5, true],
      ])('%s', async (_, given, minutes, expected) => {
        await given(subject);
        expect(await due(minutes)).toBe(expected);
      });

      async function idle(states: SyncStates, patch: Parameters<SyncStates['save']>[1]) {
        const lease = (await states.acquire(org, 'a', TTL))!.lease;
        await states.save(org, patch);
        await states.release(lease);
      }

      async function waiting(runs: SyncRuns, states: SyncStates, patch: Parameters<SyncStates['save']>[1]) {
        await runs.request(org, 'push', 'auto', NOON);
        await idle(states, patch);
      }
    });

    describe('findings', () => {
      const kept = {
        author: { name: 'Ada', email: 'ada@example.com' },
        at: NOON,
        version: 'v1',
        commit: null,
      };
      const stands = { ...kept, at: later(1), version: 'v2', commit: 'abc' };
      const conflict = (): Conflict => ({
        id: randomUUID(),
        path: 'a.md',
        at: NOON,
        winner: 'remote',
        runId: randomUUID(),
        stands,
        kept,
        base: null,
      });

      it('lists conflicts newest first until they are closed', async () => {
        const { findings } = subject;
        const [one, two] = [conflict(), conflict()];
        await findings.addConflict(org, one);
        await findings.addConflict(org, two);
        expect((await findings.conflicts(org, {})).items).toEqual([two, one]);
        expect(await findings.closeConflict(org, two.id)).toBe(true);
        expect(await findings.closeConflict(org, two.id)).toBe(false);
        expect(await findings.conflict(org, two.id)).toBeNull();
        expect(await findings.conflict(orgId('other'), one.id)).toBeNull();
        expect(await findings.countConflicts(org)).toBe(1);
      });

      it('remembers the released files, only for that org', async () => {
        const { findings } = subject;
        await findings.allow(org, ['one', 'two'], NOON);
        await findings.allow(org, ['two'], NOON);
        await findings.allow(org, [], NOON);
        expect(await findings.allowed(org, ['one', 'three'])).toEqual(new Set(['one']));
        expect(await findings.allowed(org, [])).toEqual(new Set());
        expect(await findings.allowed(orgId(`${org}-other`), ['one'])).toEqual(new Set());
      });

      it('holds one reason per quarantined file until it is released', async () => {
        const { findings } = subject;
        const file: Quarantined = {
          path: 'a.md',
          side: 'remote',
          blob: '1',
          reason: 'too_big',
          detail: 'split it',
          at: NOON,
        };
        expect(await findings.quarantine(org, [file])).toEqual(['a.md']);
        expect(await findings.quarantine(org, [{ ...file, reason: 'not_utf8', blob: null }])).toEqual([]);
        expect(await findings.quarantined(org)).toEqual(
          new Map([['a.md', { ...file, reason: 'not_utf8', blob: null }]]),
        );
        const waiting = ['b.md', 'c.md'].map((path) => ({
          ...file,
          path,
          reason: 'quota_exceeded',
          size: 7,
        }));
        const again = { ...file, detail: 'split it "now", {at once}' };
        expect(await findings.quarantine(org, [...waiting, again])).toEqual(['b.md', 'c.md']);
        expect([...(await findings.quarantined(org)).values()]).toEqual([again, ...waiting]);
        expect(await findings.quarantine(org, [])).toEqual([]);
        expect(await findings.release(org, ['b.md', 'd.md'])).toEqual(['b.md']);
        await findings.release(org, ['a.md', 'c.md']);
        expect((await findings.quarantined(org)).size).toBe(0);
        await findings.quarantine(org, [file]);
        await findings.releaseAll(org);
        expect((await findings.quarantined(org)).size).toBe(0);
      });
    });
  });
}
