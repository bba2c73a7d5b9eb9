import { randomUUID } from 'node:crypto';
import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { SyncRuns, type AskedBy } from '../src/application/ports/sync-runs.port';
import type { Lease } from '../src/application/ports/sync-states.port';
import {
  isOver,
  MOST_TRACES,
  newRun,
  started,
  type Run,
  type RunKind,
  type RunTrigger,
} from '../src/domain/run';
import { RunOver } from '../src/domain/sync.errors';
import type { LeaseRow } from './in-memory-sync-states';

const ORDER: readonly RunKind[] = ['initial', 'pull', 'push'];

export class InMemorySyncRuns extends SyncRuns {
  private readonly rows: InMemoryTable<Run>;
  private readonly leases: InMemoryTable<LeaseRow>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('sync_runs');
    this.leases = tables.table('sync_leases');
  }

  request(
    org: OrgId,
    kind: RunKind,
    trigger: RunTrigger,
    now: Date,
    announced: string | null = null,
  ): Promise<Run> {
    return this.tables.run(() => {
      const waiting = this.of(org).find((run) => run.kind === kind && run.status === 'queued');
      const announcement = waiting && waiting.announced !== announced ? null : announced;
      const run = { ...(waiting ?? newRun(randomUUID(), org, kind, trigger, now)), announced: announcement };
      this.rows.set(run.id, run);
      return run;
    });
  }

  async requestAll(
    orgs: readonly OrgId[],
    kind: RunKind,
    trigger: RunTrigger,
    now: Date,
    announced: ReadonlyMap<OrgId, string> = new Map(),
  ): Promise<Map<OrgId, string>> {
    const ids = new Map<OrgId, string>();
    for (const org of orgs)
      ids.set(org, (await this.request(org, kind, trigger, now, announced.get(org) ?? null)).id);
    return ids;
  }

  async next(org: OrgId, kinds: readonly RunKind[]): Promise<Run | null> {
    const waiting = this.of(org).filter(
      (run) => ['queued', 'running'].includes(run.status) && kinds.includes(run.kind),
    );
    const rank = (run: Run) => (run.status === 'running' ? -1 : ORDER.indexOf(run.kind));
    return waiting.sort((a, b) => rank(a) - rank(b))[0] ?? null;
  }

  start({ org, owner, fence }: Lease, kinds: readonly RunKind[], now: Date): Promise<Run | null> {
    return this.tables.run(async () => {
      const held = this.leases.get(org);
      const next = held?.fence === fence && held.owner === owner ? await this.next(org, kinds) : null;
      if (next) await this.save(started(next, now));
      return next && started(next, now);
    });
  }

  async save(run: Run): Promise<void> {
    await this.tables.run(() => {
      const stored = this.rows.get(run.id);
      if (!stored || isOver(stored)) throw new RunOver();
      this.rows.set(run.id, { ...run, requestedBy: stored.requestedBy, traces: stored.traces });
    });
  }

  async noteRequester(org: OrgId, id: string, name: string): Promise<void> {
    await this.tables.run(async () => {
      const stored = await this.find(org, id);
      if (stored) this.rows.set(id, { ...stored, requestedBy: stored.requestedBy ?? name });
    });
  }

  async noteTraces(asked: readonly AskedBy[]): Promise<void> {
    await this.tables.run(async () => {
      for (const { org, run, trace } of asked) {
        const stored = await this.find(org, run);
        if (stored?.status === 'queued')
          this.rows.set(run, { ...stored, traces: [...stored.traces, trace].slice(0, MOST_TRACES) });
      }
    });
  }

  async find(org: OrgId, id: string): Promise<Run | null> {
    const run = this.rows.get(id);
    return run?.org === org ? run : null;
  }

  async list(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<Run>> {
    const runs = this.of(org).map((run, seq) => ({ run, seq }));
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const { items, nextCursor } = pageOf(
      runs.filter(({ seq }) => seq < before).reverse(),
      limit,
      ({ seq }) => [seq],
    );
    return { items: items.map(({ run }) => run), nextCursor };
  }

  async newest(orgs: readonly OrgId[]): Promise<Map<OrgId, Run>> {
    return new Map(
      orgs.flatMap((org) => {
        const newest = this.of(org).at(-1);
        return newest ? [[org, newest] as const] : [];
      }),
    );
  }

  async open(org: OrgId): Promise<Run[]> {
    return this.of(org).filter((run) => !isOver(run));
  }

  /** Transactions in memory come one after the other. */
  lockOpen(org: OrgId): Promise<Run[]> {
    return this.open(org);
  }

  private of(org: OrgId): Run[] {
    return this.rows.values().filter((run) => run.org === org);
  }
}
