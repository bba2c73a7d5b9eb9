import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { Clock, OrgId } from '@app/kernel';
import {
  SyncStates,
  type WebhookContext,
  type Held,
  type Lease,
  type StatePatch,
} from '../src/application/ports/sync-states.port';
import type { Quarantined } from '../src/domain/findings';
import { isSentAgain } from '../src/domain/refused-commit';
import { isOver, type Run } from '../src/domain/run';
import { isRetryDue, unblocked, withoutKind, type Blocked } from '../src/domain/blocked';
import type { RunKind } from '../src/domain/run';
import { freshState, type SyncState } from '../src/domain/sync-state';
import { LeaseLost } from '../src/domain/sync.errors';

export interface LeaseRow {
  readonly fence: number;
  readonly owner: string | null;
  /** Milliseconds since the epoch, by the one clock all workers' leases are judged by. */
  readonly until: number;
}

export class InMemorySyncStates extends SyncStates {
  private readonly states: InMemoryTable<SyncState>;
  private readonly leases: InMemoryTable<LeaseRow>;

  constructor(
    private readonly tables: InMemoryTables,
    private readonly clock: Clock,
  ) {
    super();
    this.states = tables.table('sync_states');
    this.leases = tables.table('sync_leases');
  }

  async load(org: OrgId): Promise<SyncState> {
    return this.states.get(org) ?? freshState(org);
  }

  acquire(org: OrgId, owner: string, ttlMs: number): Promise<Held | null> {
    return this.tables.run(async () => {
      const held = this.leases.get(org);
      if (held?.owner && held.until >= this.now()) return null;
      const fence = (held?.fence ?? 0) + 1;
      this.leases.set(org, { fence, owner, until: this.now() + ttlMs });
      return { lease: { org, owner, fence }, state: await this.load(org) };
    });
  }

  async release({ org, owner, fence }: Lease, patch: StatePatch = {}): Promise<void> {
    await this.tables.run(async () => {
      const held = this.leases.get(org);
      if (held?.fence !== fence || held.owner !== owner) return;
      this.leases.set(org, { fence, owner: null, until: 0 });
      await this.save(org, patch);
    });
  }

  async hold({ org, owner, fence }: Lease, ttlMs: number): Promise<void> {
    await this.tables.run(() => {
      const held = this.leases.get(org);
      if (held?.fence !== fence || held.owner !== owner) throw new LeaseLost();
      this.leases.set(org, { ...held, until: this.now() + ttlMs });
    });
  }

  async save(org: OrgId, patch: StatePatch): Promise<void> {
    await this.tables.run(() =>
      this.states.set(org, { ...(this.states.get(org) ?? freshState(org)), ...patch }),
    );
  }

  async attemptNow(org: OrgId, now: Date): Promise<void> {
    const held = this.tables.table<Quarantined>(`sync_quarantine ${org}`).values();
    const refused = held.some(isSentAgain);
    const { inspectRetryAt } = await this.load(org);
    await this.save(org, {
      nextAttemptAt: null,
      pushAfter: null,
      inspectRetryAt: inspectRetryAt && now,
      ...(refused && { heldRetryAt: now }),
    });
  }

  async unblock(org: OrgId): Promise<Blocked | null> {
    const { blocked } = await this.load(org);
    if (blocked) await this.save(org, { blocked: null, nextAttemptAt: null });
    return blocked;
  }

  async dropBlocked(org: OrgId, kind: RunKind): Promise<void> {
    const { blocked } = await this.load(org);
    if (blocked?.kinds.includes(kind)) await this.save(org, { blocked: withoutKind(blocked, kind) });
  }

  async retryBlocked(orgs: readonly OrgId[], at: Date): Promise<void> {
    for (const org of orgs) {
      const { blocked } = await this.load(org);
      if (blocked) await this.save(org, { blocked: { ...blocked, retryAt: at } });
    }
  }

  async noteWebhooks(orgs: readonly OrgId[], at: Date): Promise<void> {
    for (const org of orgs) await this.save(org, { webhookSeenAt: at });
  }

  async webhookContext(orgs: readonly OrgId[]): Promise<Map<OrgId, WebhookContext>> {
    const states = orgs.map((org) => this.states.get(org)).filter((state) => state !== undefined);
    return new Map(
      states.map(({ org, baseCommit, blocked, webhookSeenAt, proposal }) => [
        org,
        {
          ...{ baseCommit, blocked, webhookSeenAt, taken: !this.isFree(org) },
          workCommit: proposal?.cycle?.head ?? null,
        },
      ]),
    );
  }

  async loadAll(orgs: readonly OrgId[]): Promise<Map<OrgId, SyncState>> {
    const states = orgs.map((org) => this.states.get(org)).filter((state) => state !== undefined);
    return new Map(states.map((state) => [state.org, state]));
  }

  async due(now: Date, limit: number): Promise<OrgId[]> {
    const waiting = this.tables
      .table<Run>('sync_runs')
      .values()
      .filter((run) => !isOver(run) && run.status !== 'awaiting_confirmation');
    const fresh = new Set(waiting.map(({ org }) => org).filter((org) => !this.states.has(org)));
    const past = (date: Date | null) => date !== null && date <= now;
    return this.states
      .values()
      .concat([...fresh].map((org) => freshState(org)))
      .filter(({ org, blocked, pushAfter, heldRetryAt, inspectRetryAt, nextAttemptAt, nextPollAt }) => {
        const kinds = unblocked({ blocked, pushAfter }, now);
        const wanted = waiting.some((run) => run.org === org && kinds.includes(run.kind));
        const work =
          (wanted || past(heldRetryAt) || past(inspectRetryAt) || isRetryDue(blocked, now)) &&
          (nextAttemptAt === null || past(nextAttemptAt));
        const poll = past(nextPollAt) && kinds.length > 0;
        return this.isFree(org) && (work || poll);
      })
      .map(({ org }) => org)
      .slice(0, limit);
  }

  private isFree(org: OrgId): boolean {
    const lease = this.leases.get(org);
    return !lease?.owner || lease.until < this.now();
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
