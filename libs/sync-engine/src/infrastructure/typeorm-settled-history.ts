import { Injectable } from '@nestjs/common';
import { SettledHistory } from '@app/context-store';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';

@Injectable()
export class TypeOrmSettledHistory extends SettledHistory {
  constructor(
    private readonly db: Database,
    private readonly projects: ProjectConfigService,
  ) {
    super();
  }

  /** Returns null also until everything was compared with the org's current target. */
  async supersededUpTo(org: OrgId): Promise<number | null> {
    const target = await this.projects.target(org);
    if (!target) return null;
    const rows = await this.db.forOrg(org).query<{ to: string }[]>(
      `SELECT least(pushed_revision, (proposal->>'landedRevision')::bigint) AS to FROM sync_states
        WHERE org = $1 AND target_id = $2 AND directories IS NOT NULL`,
      [org, target.id],
    );
    return rows.length ? Number(rows[0].to) : null;
  }

  async inUse(org: OrgId, versions: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.db
      .forOrg(org)
      .query<{ version: string }[]>(
        `SELECT kept_version AS version FROM sync_conflicts WHERE org = $1 AND kept_version = ANY($2)`,
        [org, versions],
      );
    return new Set(rows.map(({ version }) => version));
  }
}
