import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { Findings } from '../application/ports/findings.port';
import type { Conflict, ConflictSide, Quarantined } from '../domain/findings';
import { nameOfSide, sideNamed, type SideName } from '../domain/side';
import { AllowedRow, ConflictRow, QuarantineRow, type StoredSide } from './findings.rows';
import { isUuid } from './uuid';

@Injectable()
export class TypeOrmFindings extends Findings {
  constructor(private readonly db: Database) {
    super();
  }

  async addConflict(org: OrgId, { kept, stands, base, ...conflict }: Conflict): Promise<void> {
    const { author, at, version, commit } = kept;
    await this.db.forOrg(org).orm((manager) =>
      manager.insert(ConflictRow, {
        ...conflict,
        org,
        winner: nameOfSide(conflict.winner),
        keptAuthorName: author.name,
        keptAuthorEmail: author.email,
        keptAt: at,
        keptVersion: version,
        keptCommit: commit,
        stands: storedSide(stands),
        base: storedSide(base),
      }),
    );
  }

  async conflicts(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<Conflict>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const rows = await this.db.forOrg(org).orm((manager) =>
      manager.find(ConflictRow, {
        where: { org, closed: false, seq: LessThan(before) },
        order: { seq: 'DESC' },
        take: limit + 1,
      }),
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ seq }) => [seq]);
    return { items: items.map(toConflict), nextCursor };
  }

  async conflict(org: OrgId, id: string): Promise<Conflict | null> {
    const row = isUuid(id)
      ? await this.db.forOrg(org).orm((manager) => manager.findOneBy(ConflictRow, { org, id, closed: false }))
      : null;
    return row && toConflict(row);
  }

  async closeConflict(org: OrgId, id: string): Promise<boolean> {
    const { affected } = await this.db
      .forOrg(org)
      .orm((manager) => manager.update(ConflictRow, { org, id, closed: false }, { closed: true }));
    return affected === 1;
  }

  countConflicts(org: OrgId): Promise<number> {
    return this.db.forOrg(org).orm((manager) => manager.countBy(ConflictRow, { org, closed: false }));
  }

  async quarantine(org: OrgId, files: readonly Quarantined[]): Promise<string[]> {
    if (!files.length) return [];
    const stored = files.map((file) => ({ ...file, side: nameOfSide(file.side) }));
    const column = (key: keyof Quarantined) => stored.map((file) => file[key] ?? null);
    const rows = await this.db.forOrg(org).query<{ path: string; added: boolean }[]>(
      `INSERT INTO sync_quarantine (org, path, side, blob, reason, detail, at, size, line_number, column_number)
       SELECT $1, file.* FROM unnest(
         $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::int[], $9::int[], $10::int[]) AS file
           ON CONFLICT (org, path) DO UPDATE SET side = excluded.side, blob = excluded.blob,
              reason = excluded.reason, detail = excluded.detail, at = excluded.at, size = excluded.size,
              line_number = excluded.line_number, column_number = excluded.column_number
       RETURNING path, xmax = 0 AS added`,
      [
        org,
        ...(['path', 'side', 'blob', 'reason', 'detail', 'at', 'size', 'line', 'column'] as const).map(
          column,
        ),
      ],
    );
    return rows.filter(({ added }) => added).map(({ path }) => path);
  }

  async release(org: OrgId, paths: readonly string[]): Promise<string[]> {
    if (!paths.length) return [];
    const [rows] = await this.db
      .forOrg(org)
      .query<[{ path: string }[], number]>(
        `DELETE FROM sync_quarantine WHERE org = $1 AND path = ANY($2) RETURNING path`,
        [org, paths],
      );
    return rows.map(({ path }) => path);
  }

  async releaseAll(org: OrgId): Promise<void> {
    await this.db.forOrg(org).orm((manager) => manager.delete(QuarantineRow, { org }));
  }

  async allow(org: OrgId, fingerprints: readonly string[], at: Date): Promise<void> {
    const rows = fingerprints.map((fingerprint) => ({ org, fingerprint, at }));
    await this.db.forOrg(org).orm((manager) => manager.upsert(AllowedRow, rows, ['org', 'fingerprint']));
  }

  async allowed(org: OrgId, fingerprints: readonly string[]): Promise<ReadonlySet<string>> {
    if (!fingerprints.length) return new Set();
    const rows = await this.db
      .forOrg(org)
      .query<{ fingerprint: string }[]>(
        `SELECT fingerprint FROM sync_allowed WHERE org = $1 AND fingerprint = ANY($2)`,
        [org, fingerprints],
      );
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  }

  async quarantined(org: OrgId): Promise<Map<string, Quarantined>> {
    const rows = await this.db.forOrg(org).query<StoredQuarantined[]>(
      `SELECT path, side, blob, reason, detail, at, size, line_number AS line, column_number AS "column"
           FROM sync_quarantine WHERE org = $1 ORDER BY path`,
      [org],
    );
    return new Map(rows.map((row) => [row.path, toQuarantined(row)]));
  }
}

type StoredQuarantined = Omit<Quarantined, 'side' | 'size' | 'line' | 'column'> &
  Readonly<Record<'size' | 'line' | 'column', number | null>> & { readonly side: SideName };

function toQuarantined({ side, size, line, column, ...file }: StoredQuarantined): Quarantined {
  return {
    ...file,
    side: sideNamed(side),
    ...(size !== null && { size }),
    ...(line !== null && { line }),
    ...(column !== null && { column }),
  };
}

const storedSide = (side: ConflictSide | null): StoredSide | null =>
  side && { ...side, at: side.at.toISOString() };

const sideOf = (stored: StoredSide | null): ConflictSide | null =>
  stored && { ...stored, at: new Date(stored.at) };

function toConflict(row: ConflictRow): Conflict {
  const { id, path, at, runId } = row;
  const winner = sideNamed(row.winner);
  const author = { name: row.keptAuthorName, email: row.keptAuthorEmail };
  const kept = { author, at: row.keptAt, version: row.keptVersion, commit: row.keptCommit };
  return { id, path, at, winner, runId, stands: sideOf(row.stands), kept, base: sideOf(row.base) };
}
