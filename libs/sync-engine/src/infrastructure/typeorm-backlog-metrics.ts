import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { BacklogMetrics, type Backlog } from '../application/ports/backlog-metrics.port';
import { RUNNABLE, WORK_TO_DO } from './runnable-runs.sql';

/** Bounds the cost of a scrape: so many of the oldest runnable runs are read. */
const MOST_RUNNABLE = 1_000;

@Injectable()
export class TypeOrmBacklogMetrics extends BacklogMetrics {
  constructor(private readonly db: Database) {
    super();
  }

  async measure(now: Date): Promise<Backlog> {
    const [{ oldestSince, ...counts }] = await this.db.acrossOrgs.query<[StoredBacklog]>(
      `SELECT (SELECT count(*) FROM sync_runs r WHERE ${WORK_TO_DO}) AS open,
              min(runnable.created_at) AS "oldestSince",
              count(DISTINCT runnable.org) AS "runnableOrgs",
              (SELECT count(*) FROM sync_states WHERE blocked IS NOT NULL) AS stopped,
              (SELECT count(*) FROM sync_states WHERE next_attempt_at IS NOT NULL) AS retrying,
              (SELECT count(*) FROM sync_conflicts WHERE NOT closed) AS conflicts,
              (SELECT count(*) FROM sync_quarantine) AS quarantined
         FROM (SELECT r.org, r.created_at FROM sync_runs r LEFT JOIN sync_states s USING (org)
                WHERE ${WORK_TO_DO} AND ${RUNNABLE} ORDER BY r.created_at LIMIT $2) runnable`,
      [now, MOST_RUNNABLE],
    );
    return {
      oldestSince,
      open: Number(counts.open),
      runnableOrgs: Number(counts.runnableOrgs),
      stopped: Number(counts.stopped),
      retrying: Number(counts.retrying),
      conflicts: Number(counts.conflicts),
      quarantined: Number(counts.quarantined),
    };
  }
}

/** PostgreSQL's bigint arrives as text. */
interface StoredBacklog extends Record<Exclude<keyof Backlog, 'oldestSince'>, string> {
  readonly oldestSince: Date | null;
}
