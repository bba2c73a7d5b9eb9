import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { allSettledOrThrow, blobOf, type Blob, type OrgId, type PageRequest } from '@app/kernel';
import { ContextStore } from '../application/context-store.port';
import { affectedPathsOf } from '../domain/affected-paths';
import type { Change, ContextFile, NewChange } from '../domain/change';
import { ChangeBuilder, type Head } from '../domain/change-builder';
import { NO_USAGE, type Usage } from '../domain/quota';
import { ReadStoredFiles } from './read-stored-files';
import { ReadStoredHistory } from './read-stored-history';
import { FILE, filesOf, toHead, type StoredFile, type StoredHead } from './stored-files';
import { writeChange } from './write-change';
import { stageTexts } from './write-texts';

@Injectable()
export class TypeOrmContextStore extends ContextStore {
  private readonly storedFiles: ReadStoredFiles;
  private readonly storedHistory: ReadStoredHistory;

  constructor(private readonly db: Database) {
    super();
    this.storedFiles = new ReadStoredFiles(db);
    this.storedHistory = new ReadStoredHistory(db);
  }

  async revision(org: OrgId): Promise<number> {
    const rows = await this.db
      .forOrg(org)
      .query<{ revision: string }[]>('SELECT revision FROM context_heads WHERE org = $1', [org]);
    return Number(rows[0]?.revision ?? 0);
  }

  async usage(org: OrgId): Promise<Usage> {
    const [head] = await this.db
      .forOrg(org)
      .query<StoredHead[]>('SELECT revision, bytes, files FROM context_heads WHERE org = $1', [org]);
    return head ? toHead(head).usage : NO_USAGE;
  }

  commit(org: OrgId, change: NewChange): Promise<Change> {
    return this.db.transaction(async () => {
      const [head, { made, files }] = await allSettledOrThrow(this.lockHead(org), this.before(org, change));
      if (head === null) {
        await this.makeHead(org);
        return this.commit(org, change); // the state read without the lock may be out of date
      }
      if (made) return this.storedHistory.change(org, change.id);
      const draft = ChangeBuilder.build(change, head, files);
      const { result } = draft;
      if (result.versions.length) await writeChange(this.db.forOrg(org), org, result, draft);
      return result;
    });
  }

  override stage(org: OrgId, texts: readonly Buffer[]): Promise<void> {
    return stageTexts(
      this.db.forOrg(org),
      org,
      texts.map((bytes) => [blobOf(bytes), bytes] as const),
    );
  }

  list(org: OrgId, request: PageRequest & { readonly prefix?: string }) {
    return this.storedFiles.list(org, request);
  }

  snapshot(org: OrgId) {
    return this.storedFiles.snapshot(org);
  }

  override filesAfter(org: OrgId, path: string, limit: number) {
    return this.storedFiles.filesAfter(org, path, limit);
  }

  override lookAlikes(org: OrgId) {
    return this.storedFiles.lookAlikes(org);
  }

  file(org: OrgId, path: string) {
    return this.storedFiles.file(org, path);
  }

  read(org: OrgId, path: string, known: Blob | null) {
    return this.storedFiles.read(org, path, known);
  }

  files(org: OrgId, paths: readonly string[]) {
    return this.storedFiles.files(org, paths);
  }

  contents(org: OrgId, blobs: readonly Blob[]) {
    return this.storedFiles.contents(org, blobs);
  }

  changesAfter(org: OrgId, revision: number, limit: number) {
    return this.storedHistory.changesAfter(org, revision, limit);
  }

  countMadeInDotAfter(org: OrgId, revision: number) {
    return this.storedHistory.countMadeInDotAfter(org, revision);
  }

  editedInDotAfter(revisions: ReadonlyMap<OrgId, number>) {
    return this.storedHistory.editedInDotAfter(revisions);
  }

  history(org: OrgId, request: PageRequest & { readonly path?: string }) {
    return this.storedHistory.history(org, request);
  }

  version(org: OrgId, id: string) {
    return this.storedHistory.version(org, id);
  }

  versionBefore(org: OrgId, path: string, revision: number) {
    return this.storedHistory.versionBefore(org, path, revision);
  }

  changesOfRun(org: OrgId, runId: string) {
    return this.storedHistory.changesOfRun(org, runId);
  }

  async noteCommit(org: OrgId, changeId: string, commit: string, paths: readonly string[]): Promise<void> {
    await this.db.forOrg(org).query(
      `UPDATE context_changes change SET commit = $3, left_out = ARRAY(
         SELECT path FROM context_versions WHERE org = $1 AND revision = change.revision AND op <> 'keep'
         EXCEPT SELECT unnest($4::text[]) ORDER BY path)
        WHERE org = $1 AND id = $2`,
      [org, changeId, commit, paths],
    );
  }

  /** Serialises the changes of an org: revisions have no gaps, and a greater one was committed later. */
  private async lockHead(org: OrgId): Promise<Head | null> {
    const [head] = await this.db
      .forOrg(org)
      .query<StoredHead[]>('SELECT revision, bytes, files FROM context_heads WHERE org = $1 FOR UPDATE', [
        org,
      ]);
    return head ? toHead(head) : null;
  }

  private async makeHead(org: OrgId): Promise<void> {
    await this.db
      .forOrg(org)
      .query('INSERT INTO context_heads (org, revision) VALUES ($1, 0) ON CONFLICT DO NOTHING', [org]);
  }

  /**
   * Returns whether the change is already stored, and the files that decide its effect. '0' follows '/' in the order
   * of code points, so files below a path are a range of the primary key. Row-level security allows an index only for
   * plain comparisons. OFFSET 0 looks up one range after the other: for many ranges together PostgreSQL would read
   * all files of the org.
   */
  private async before(
    org: OrgId,
    change: NewChange,
  ): Promise<{ made: boolean; files: Map<string, ContextFile> }> {
    const { paths, written } = affectedPathsOf(change);
    const rows = await this.db.forOrg(org).query<(StoredFile & { made: boolean })[]>(
      `WITH below AS (SELECT * FROM unnest($4::text[], $5::text[]) AS below (first, last))
       SELECT EXISTS (SELECT FROM context_changes WHERE org = $1 AND id = $2) AS made, ${FILE}
         FROM (VALUES (1)) AS always
         LEFT JOIN (
           SELECT * FROM context_files WHERE org = $1 AND path = ANY($3)
            UNION ALL
           SELECT file.* FROM below, LATERAL (
             SELECT * FROM context_files WHERE org = $1 AND path > below.first AND path < below.last OFFSET 0) file
         ) file ON true`,
      [
        ...[org, change.id, [...paths]],
        ...[[...written].map((path) => `${path}/`), [...written].map((path) => `${path}0`)],
      ],
    );
    return { made: rows[0].made, files: filesOf(rows) };
  }
}
