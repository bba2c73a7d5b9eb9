import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { Findings } from '../application/findings.port';
import type { Conflict, Quarantined } from '../domain/findings';
import { AllowedRow, ConflictRow, QuarantineRow } from './sync-engine.rows';
import { isUuid } from './uuid';

@Injectable()
export class TypeOrmFindings extends Findings {
  constructor(private readonly db: Database) {
    super();
  }

  async addConflict(org: OrgId, { kept, ...conflict }: Conflict): Promise<void> {
    const { author, at, version } = kept;
    await this.db.of(org).insert(ConflictRow, {
      ...conflict,
      org,
      keptAuthorName: author.name,
      keptAuthorEmail: author.email,
      keptAt: at,
      keptVersion: version,
    });
  }

  async conflicts(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<Conflict>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const rows = await this.db.of(org).find(ConflictRow, {
      where: { org, closed: false, seq: LessThan(before) },
      order: { seq: 'DESC' },
      take: limit + 1,
    });
    const { items, nextCursor } = pageOf(rows, limit, ({ seq }) => [seq]);
    return { items: items.map(toConflict), nextCursor };
  }

  async conflict(org: OrgId, id: string): Promise<Conflict | null> {
    const row = isUuid(id) ? await this.db.of(org).findOneBy(ConflictRow, { org, id, closed: false }) : null;
    return row && toConflict(row);
  }

  async closeConflict(org: OrgId, id: string): Promise<boolean> {
    const { affected } = await this.db
      .of(org)
      .update(ConflictRow, { org, id, closed: false }, { closed: true });
    return affected === 1;
  }

  countConflicts(org: OrgId): Promise<number> {
    return this.db.of(org).countBy(ConflictRow, { org, closed: false });
  }

  async quarantine(org: OrgId, file: Quarantined): Promise<void> {
    await this.db.of(org).upsert(QuarantineRow, { org, ...file }, ['org', 'path']);
  }

  async release(org: OrgId, paths: readonly string[]): Promise<void> {
    if (paths.length) await this.db.of(org).delete(QuarantineRow, { org, path: In(paths) });
  }

  async releaseAll(org: OrgId): Promise<void> {
    await this.db.of(org).delete(QuarantineRow, { org });
  }

  async allow(org: OrgId, fingerprints: readonly string[], at: Date): Promise<void> {
    const rows = fingerprints.map((fingerprint) => ({ org, fingerprint, at }));
    await this.db.of(org).upsert(AllowedRow, rows, ['org', 'fingerprint']);
  }

  async allowed(org: OrgId, fingerprints: readonly string[]): Promise<ReadonlySet<string>> {
    if (!fingerprints.length) return new Set();
    const rows = await this.db
      .of(org)
      .query<{ fingerprint: string }[]>(
        `SELECT fingerprint FROM sync_allowed WHERE org = $1 AND fingerprint = ANY($2)`,
        [org, fingerprints],
      );
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  }

  async quarantined(org: OrgId): Promise<Map<string, Quarantined>> {
    const rows = await this.db
      .of(org)
      .query<Quarantined[]>(
        `SELECT path, side, blob, reason, detail, at FROM sync_quarantine WHERE org = $1 ORDER BY path`,
        [org],
      );
    return new Map(rows.map((file) => [file.path, file]));
  }
}

function toConflict(row: ConflictRow): Conflict {
  const { id, path, at, winner, runId } = row;
  const author = { name: row.keptAuthorName, email: row.keptAuthorEmail };
  return { id, path, at, winner, runId, kept: { author, at: row.keptAt, version: row.keptVersion } };
}
