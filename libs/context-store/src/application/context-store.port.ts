import { byCodePoint, type Blob, type OrgId, type Page, type PageRequest } from '@app/kernel';
import type { Change, ContextFile, HistoryEntry, NewChange } from '../domain/change';
import type { Usage } from '../domain/quota';

/**
 * Stores an org's context files and their whole history. Dot's backend may bring its own. Stores bytes and history
 * only; `ContextStoreService` decides first which edits are allowed.
 */
export abstract class ContextStore {
  /** Returns the org's revision; 0 before the first change. One cheap query. */
  abstract revision(org: OrgId): Promise<number>;

  /** Returns the space that the org's current files take. One cheap query. */
  abstract usage(org: OrgId): Promise<Usage>;

  /**
   * Commits the whole change or nothing, in the caller's transaction. Edits apply one after the other. An edit that
   * changes nothing (a put of the bytes already there) makes no version. A change without versions is not stored: the
   * result has the current revision and no versions.
   * @throws VersionConflict when `expected` does not hold
   * @throws FileNotFound for a delete or move of an absent path
   * @throws PathNotAllowed for a move onto a file, or a path that would be both a file and a directory
   * @throws QuotaExceeded if the files would grow beyond the change's quota, counting all changes committed before it
   */
  abstract commit(org: OrgId, change: NewChange): Promise<Change>;

  /**
   * Stores texts ahead of the change that needs them, so that its commit is short. Called outside a transaction. The change
   * carries its texts too: a store may ignore this call, and may forget the texts at any time. Ignores it by default.
   */
  async stage(_org: OrgId, _texts: readonly Buffer[]): Promise<void> {
    return undefined;
  }

  /** Returns files in the order of their paths' code points, at one revision. */
  abstract list(
    org: OrgId,
    request: PageRequest & { readonly prefix?: string },
  ): Promise<Page<ContextFile> & { readonly revision: number }>;

  /** Returns every file of the org at one revision, by path. */
  abstract snapshot(
    org: OrgId,
  ): Promise<{ readonly revision: number; readonly files: ReadonlyMap<string, ContextFile> }>;

  /** Returns the first files after this path, in the order of their paths' code points, at one revision. */
  async filesAfter(
    org: OrgId,
    path: string,
    limit: number,
  ): Promise<{ readonly revision: number; readonly files: ReadonlyMap<string, ContextFile> }> {
    const { revision, files } = await this.snapshot(org);
    const later = [...files].filter(([other]) => byCodePoint(other, path) > 0);
    return {
      revision,
      files: new Map(later.sort(([one], [other]) => byCodePoint(one, other)).slice(0, limit)),
    };
  }

  /**
   * Returns the paths that other file systems may take for another one of the org, because they differ only by case or
   * Unicode normalisation. It may return more paths.
   */
  async lookAlikes(org: OrgId): Promise<readonly string[]> {
    return [...(await this.snapshot(org)).files.keys()];
  }

  /** Returns one file and the org's revision, read at the same moment. One cheap query. */
  abstract file(
    org: OrgId,
    path: string,
  ): Promise<{ readonly revision: number; readonly file: ContextFile | null }>;

  /** Returns the same with the file's bytes; `content` is null if the blob is `known`. One cheap query. */
  abstract read(
    org: OrgId,
    path: string,
    known: Blob | null,
  ): Promise<{
    readonly revision: number;
    readonly file: ContextFile | null;
    readonly content: Buffer | null;
  }>;

  /** Returns the files among these paths that exist, and the org's revision, read at the same moment. */
  abstract files(
    org: OrgId,
    paths: readonly string[],
  ): Promise<{ readonly revision: number; readonly files: ReadonlyMap<string, ContextFile> }>;

  /** Returns bytes by blob id; leaves out unknown blobs. */
  abstract contents(org: OrgId, blobs: readonly Blob[]): Promise<Map<Blob, Buffer>>;

  /** Returns changes with a greater revision, in order, at most `limit`. */
  abstract changesAfter(org: OrgId, revision: number, limit: number): Promise<Change[]>;

  /** Counts the changes made in Dot (origin not `gitlab`) that have a greater revision. */
  abstract countMadeInDotAfter(org: OrgId, revision: number): Promise<number>;

  /** Returns the orgs that have a change made in Dot after the revision given for them. One query for all. */
  abstract editedInDotAfter(revisions: ReadonlyMap<OrgId, number>): Promise<ReadonlySet<OrgId>>;

  /** Returns versions, newest first. */
  abstract history(
    org: OrgId,
    request: PageRequest & { readonly path?: string },
  ): Promise<Page<HistoryEntry>>;

  abstract version(org: OrgId, id: string): Promise<HistoryEntry | null>;

  /** Returns the version of the path that was current just before `revision`; null if there was no such file. */
  abstract versionBefore(org: OrgId, path: string, revision: number): Promise<HistoryEntry | null>;

  /** Returns the changes of a sync run, in order. */
  abstract changesOfRun(org: OrgId, runId: string): Promise<Change[]>;

  /**
   * Notes which commit a change became. `paths`: the paths whose final text in the change is in that commit; the
   * others were left out. Idempotent. Joins the caller's transaction.
   */
  abstract noteCommit(org: OrgId, changeId: string, commit: string, paths: readonly string[]): Promise<void>;
}
