import { Injectable } from '@nestjs/common';
import { Column, Entity, MoreThan, PrimaryColumn } from 'typeorm';
import { Database, rowsWhere, lockOrg, bigintAsNumber } from '@app/database';
import { Scope, type OrgId } from '@app/kernel';
import { SyncTargets } from '../application/sync-targets.port';
import type { ScopeWarning } from '../domain/scope-warnings';
import type { ReportStatus } from '../domain/report-status';
import type { Publish } from '../domain/publishing';
import type { OnConflict, SyncTarget, TargetLocation } from '../domain/sync-target';

@Entity('sync_targets')
export class SyncTargetRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('uuid')
  id: string;
  @Column('uuid', { name: 'connection_id' })
  connectionId: string;
  @Column('bigint', { name: 'project_id', transformer: bigintAsNumber })
  projectId: number;
  @Column('text', { name: 'path_with_namespace' })
  pathWithNamespace: string;
  @Column('text', { name: 'web_url' })
  webUrl: string;
  @Column('text')
  branch: string;
  @Column('text', { array: true })
  directories: string[];
  @Column('jsonb', { default: [] })
  warnings: readonly ScopeWarning[];
  @Column('boolean', { name: 'auto_sync' })
  autoSync: boolean;
  @Column('boolean', { name: 'auto_pull' })
  autoPull: boolean;
  @Column('text', { name: 'message_prefix', default: '' })
  messagePrefix: string;
  @Column('boolean', { name: 'fallback_author', default: false })
  fallbackAuthor: boolean;
  @Column('text', { name: 'report_status', default: 'off' })
  reportStatus: ReportStatus;
  @Column('text', { default: 'direct' })
  publish: Publish;
  @Column('text', { name: 'work_branch', default: 'dot/context' })
  workBranch: string;
  @Column('integer', { name: 'quiet_seconds', default: 30 })
  quietSeconds: number;
  @Column('boolean')
  created: boolean;
  @Column('text', { name: 'on_conflict' })
  onConflict: OnConflict;
  @Column('timestamptz', { name: 'configured_at' })
  configuredAt: Date;
  @Column('text', { name: 'configured_by' })
  configuredBy: string;
}

@Injectable()
export class TypeOrmSyncTargets extends SyncTargets {
  constructor(private readonly db: Database) {
    super();
  }

  async find(org: OrgId): Promise<SyncTarget | null> {
    const [row] = await rowsWhere(this.db.forOrg(org), SyncTargetRow, 'org = $1', [org]);
    return row ? toDomain(row) : null;
  }

  async locations(orgs: readonly OrgId[]): Promise<TargetLocation[]> {
    const rows = await this.db.acrossOrgs.query<(TargetLocation & { projectId: string })[]>(
      `SELECT org, connection_id AS "connectionId", project_id AS "projectId", branch, auto_pull AS "autoPull",
              path_with_namespace AS "pathWithNamespace", publish, work_branch AS "workBranch"
         FROM sync_targets WHERE org = ANY($1)`,
      [orgs],
    );
    return rows.map((row) => ({ ...row, projectId: Number(row.projectId) }));
  }

  async hold(org: OrgId): Promise<SyncTarget | null> {
    await lockOrg(this.db, 'sync_targets', org);
    return this.find(org);
  }

  async save({ scope, ...target }: SyncTarget): Promise<void> {
    await this.db.forOrg(target.org).orm((manager) =>
      manager.upsert(
        SyncTargetRow,
        {
          ...target,
          directories: [...scope.directories],
        },
        ['org'],
      ),
    );
  }

  async recordPath(org: OrgId, id: string, pathWithNamespace: string, webUrl: string): Promise<void> {
    await this.db
      .forOrg(org)
      .orm((manager) => manager.update(SyncTargetRow, { org, id }, { pathWithNamespace, webUrl }));
  }

  async remove(org: OrgId, id: string): Promise<void> {
    await this.db.forOrg(org).orm((manager) => manager.delete(SyncTargetRow, { org, id }));
  }

  async after(org: OrgId | null, limit: number): Promise<SyncTarget[]> {
    const rows = await this.db.acrossOrgs.orm((manager) =>
      manager.find(SyncTargetRow, {
        where: org === null ? {} : { org: MoreThan(org) },
        order: { org: 'asc' },
        take: limit,
      }),
    );
    return rows.map(toDomain);
  }
}

function toDomain({ directories, ...target }: SyncTargetRow): SyncTarget {
  return { ...target, scope: new Scope(directories) };
}
