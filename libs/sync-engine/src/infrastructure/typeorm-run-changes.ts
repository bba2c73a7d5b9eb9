import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { RunChanges } from '../application/ports/run-changes.port';
import type { PreviewOp } from '../domain/preview-ops';
import type { RunChange } from '../domain/run-change';
import { RunChangeRow } from './sync-runs.rows';

interface Stored {
  readonly path: string;
  readonly op: PreviewOp;
  readonly from: string | null;
}

@Injectable()
export class TypeOrmRunChanges extends RunChanges {
  constructor(private readonly db: Database) {
    super();
  }

  async add(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void> {
    if (!changes.length) return;
    await this.db.forOrg(org).query(
      `INSERT INTO sync_run_changes AS stored (org, run_id, path, op, from_path)
       SELECT $1, $2, change.* FROM unnest($3::text[], $4::text[], $5::text[]) AS change (path, op, from_path)
           ON CONFLICT (org, run_id, path) DO UPDATE SET op = excluded.op, from_path = excluded.from_path
        WHERE NOT (stored.op IN ('create', 'move') AND excluded.op = 'update')`,
      [
        ...[org, runId, changes.map(({ path }) => path), changes.map(({ op }) => op)],
        changes.map(({ from = null }) => from),
      ],
    );
  }

  async replace(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void> {
    await this.db.forOrg(org).orm((manager) => manager.delete(RunChangeRow, { org, runId }));
    await this.add(org, runId, changes);
  }

  async of(org: OrgId, runId: string): Promise<RunChange[]> {
    const rows = await this.db
      .forOrg(org)
      .query<Stored[]>(
        `SELECT path, op, from_path AS "from" FROM sync_run_changes WHERE org = $1 AND run_id = $2 ORDER BY path`,
        [org, runId],
      );
    return rows.map(({ from, ...change }) => (from === null ? change : { ...change, from }));
  }
}
