import type { Blob, OrgId, Page, PageRequest } from '@app/kernel';
import type { Change, ContextFile, HistoryEntry, NewChange } from '../domain/change';
import type { Usage } from '../domain/quota';

/**
 * Where an org's context files and their whole history live. Dot's backend may bring its own.
 * Stores bytes and history; what may be written is decided before (`ContextStoreService`).
 */
export abstract class ContextStore {
  /** The org's revision; 0 before the first change. One cheap query. */
  abstract revision(org: OrgId): Promise<number>;

  /** Returns what the org's current files take. One cheap query. */
  abstract usage(org: OrgId): Promise<Usage>;

  /**
   * All of it, or nothing. Joins the caller's transaction. Edits apply one after the other; one that changes nothing (a put of
   * the bytes already there) leaves no version, and a change without versions leaves no trace: it answers the current
   * revision and no versions.
   * @throws VersionConflict when `expected` does not hold
   * @throws FileNotFound for a delete or move of an absent path
   * @throws PathNotAllowed for a move onto a file, or a path that would be file and directory at once
   * @throws QuotaExceeded if the files would grow beyond the change's quota, counted with all that is committed before it
   */
  abstract commit(org: OrgId, change: NewChange): Promise<Change>;

  /** Files in the order of their paths' code points, at one revision. */
  abstract list(
    org: OrgId,
    request: PageRequest & { readonly prefix?: string },
  ): Promise<Page<ContextFile> & { readonly revision: number }>;

  /** Every file of the org at one revision, by path. */
  abstract snapshot(
    org: OrgId,
  ): Promise<{ readonly revision: number; readonly files: ReadonlyMap<string, ContextFile> }>;

  /** One file and the org's revision, seen at the same moment. One cheap query. */
  abstract file(
    org: OrgId,
    path: string,
  ): Promise<{ readonly revision: number; readonly file: ContextFile | null }>;

  /** The same, with its bytes; null where its blob is `known`, for those who have them already. One cheap query. */
  abstract read(
    org: OrgId,
    path: string,
    known: Blob | null,
  ): Promise<{
    readonly revision: number;
    readonly file: ContextFile | null;
    readonly content: Buffer | null;
  }>;

  /** The files among these paths that exist, and the org's revision, seen at the same moment. */
  abstract files(
    org: OrgId,
    paths: readonly string[],
  ): Promise<{ readonly revision: number; readonly files: ReadonlyMap<string, ContextFile> }>;

  /** Bytes by blob id; unknown ones are left out. */
  abstract contents(org: OrgId, blobs: readonly Blob[]): Promise<Map<Blob, Buffer>>;

  /** Changes with a greater revision, in order, at most `limit`. */
  abstract changesAfter(org: OrgId, revision: number, limit: number): Promise<Change[]>;

  /** How many changes made in Dot (origin not `gitlab`) have a greater revision. */
  abstract countMadeInDotAfter(org: OrgId, revision: number): Promise<number>;

  /** Those of the orgs that have a change made in Dot with a greater revision than the one beside them. One query for all. */
  abstract editedInDotAfter(revisions: ReadonlyMap<OrgId, number>): Promise<ReadonlySet<OrgId>>;

  /** Newest first. */
  abstract history(
    org: OrgId,
    request: PageRequest & { readonly path?: string },
  ): Promise<Page<HistoryEntry>>;

  abstract version(org: OrgId, id: string): Promise<HistoryEntry | null>;

  /** The version of the path that was current just before `revision`, or null where there was no such file. */
  abstract versionBefore(org: OrgId, path: string, revision: number): Promise<HistoryEntry | null>;

  /** The changes a sync run made, in order. */
  abstract changesOfRun(org: OrgId, runId: string): Promise<Change[]>;

  /**
   * Notes the commit a change became, and by the paths whose last text in the change that commit has, which it left out. Twice is
   * harmless. Joins the caller's transaction.
   */
  abstract noteCommit(org: OrgId, changeId: string, commit: string, paths: readonly string[]): Promise<void>;
}
