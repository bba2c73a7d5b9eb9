import { CommitUnknown } from '../../errors/commit.errors';
import { GitLabAnswerInvalid, GitLabRefused, GitLabUnavailable } from '../../errors/answer.errors';
import type { EntryKind, Repo, TreeEntry } from '../../gitlab.types';
import { TREE } from '../responses/response-limits';
import { id, listOf, Misshapen, path as repoPath, type Read } from '../responses/shapes';
import type { Api, Reply } from '../api';
import { path, type Query } from '../api-path';
import { ifMissing } from '../errors/response-errors';
import type { InstanceCapabilities } from '../instance-capabilities';
import type { NextPage } from '../next-page';
import { parentOf, unprovenDirectories, type TreeRow } from './tree-proof';

const PER_PAGE = 100;
/** Most directories that are listed one by one if the tree does not prove them. */
const MOST_LISTED = 20;

/** Reads whole trees, always at a commit: pages of a moving branch would mix states (docs/gitlab-api.md#tree). */
export class Trees {
  constructor(
    private readonly api: Api,
    private readonly memory: InstanceCapabilities,
  ) {}

  /** @throws GitLabAnswerInvalid if rows are missing, also from a second answer */
  async read(repo: Repo, commit: string, directories = false): Promise<Map<string, TreeEntry>> {
    const rows = await this.rows(repo, commit);
    const unproven = await unprovenDirectories(rows);
    const whole = unproven.size
      ? await this.completed(repo, commit, rows, unproven)
      : { rows, unsure: unproven };
    const entries = new Map<string, TreeEntry>();
    for (const row of whole.rows) {
      const kind = kindOf(row);
      if (kind === 'directory' && !directories) continue;
      const entry: TreeEntry = { kind, blob: row.id };
      entries.set(row.path, isUnsure(row.path, whole.unsure) ? { ...entry, pathUnsure: true } : entry);
    }
    return entries;
  }

  /**
   * Requests unproven directories a second time and accepts rows that both answers contain. Such rows may stay
   * unproven: GitLab alters names that are not UTF-8, and very old repositories have odd modes.
   */
  private async completed(
    repo: Repo,
    commit: string,
    rows: readonly TreeRow[],
    unproven: ReadonlySet<string>,
  ) {
    if (unproven.size > MOST_LISTED) {
      const again = await this.rows(repo, commit);
      if (keysOf(again) !== keysOf(rows))
        throw new GitLabAnswerInvalid('two lists of the files of one commit are not the same');
      return { rows, unsure: unproven };
    }
    const known = new Map(rows.map((row) => [keyOf(row), row]));
    for (const directory of unproven)
      for (const row of await this.paged(repo, commit, { path: directory })) known.set(keyOf(row), row);
    const completed = [...known.values()];
    const unsure = completed.length === rows.length ? unproven : await unprovenDirectories(completed);
    const listed = new Set(completed.map((row) => row.path));
    // This directory is new in the second answer, or its name is known but its entries are not.
    if ([...unsure].some((directory) => !unproven.has(directory) || !listed.has(directory)))
      throw new GitLabAnswerInvalid('the list of the files of a commit lacks some');
    return { rows: completed, unsure };
  }

  private async rows(repo: Repo, commit: string): Promise<TreeRow[]> {
    const capabilities = this.memory.capabilitiesOf(this.api.instanceUrl);
    if (!capabilities.treeInOnePiece) return this.paged(repo, commit, { recursive: true });
    try {
      const { rows, next } = await this.inOnePiece(repo, commit);
      // A server that ignores the parameter returns its first page.
      if (!next) return rows;
      capabilities.treeInOnePiece = false;
    } catch (error) {
      if (error instanceof GitLabRefused && error.status === 400) capabilities.treeInOnePiece = false;
      else if (!(error instanceof GitLabUnavailable)) throw error;
    }
    return this.paged(repo, commit, { recursive: true });
  }

  private async inOnePiece({ projectId }: Repo, commit: string) {
    let rows: TreeRow[] = [];
    const next = await this.api.rows(
      path`/projects/${projectId}/repository/tree`,
      {
        query: { ref: commit, recursive: true, pagination: 'none' },
        translate: ifMissing(() => new CommitUnknown(commit)),
      },
      (some, first) => {
        if (first) rows = [];
        for (const row of some) rows.push(treeRow(row, 'a row'));
      },
    );
    return { rows, next };
  }

  /** Pages by key if the server can, else by page number, as its headers say. */
  private async paged({ projectId }: Repo, commit: string, which: Query): Promise<TreeRow[]> {
    const rows: TreeRow[] = [];
    for (let at: NextPage | null | undefined; at !== null;) {
      const reply: Reply<TreeRow[]> = await this.api.get(
        path`/projects/${projectId}/repository/tree`,
        listOf(treeRow),
        {
          query: {
            ref: commit,
            ...which,
            per_page: PER_PAGE,
            ...(at?.name !== 'page' && { pagination: 'keyset' }),
            ...(at && { [at.name]: at.value }),
          },
          translate: ifMissing(() => new CommitUnknown(commit)),
        },
      );
      rows.push(...reply.data);
      const stuck = reply.next && (!reply.data.length || reply.next.value === at?.value);
      if (stuck || rows.length > TREE.rows) throw new GitLabAnswerInvalid('a list of files does not end');
      at = reply.next;
    }
    return rows;
  }
}

const TYPES = ['tree', 'blob', 'commit'];

/** Written by hand for speed: a tree may have half a million rows. */
const treeRow: Read<TreeRow> = (value, at) => {
  const { type, mode, ...given } = (value ?? {}) as Partial<TreeRow>;
  if (
    typeof type !== 'string' ||
    !TYPES.includes(type) ||
    typeof mode !== 'string' ||
    !/^\d{5,6}$/.test(mode)
  )
    throw new Misshapen(`${at} is no entry of a tree`);
  return { type, mode, id: id(given.id, `${at}.id`), path: repoPath(given.path, `${at}.path`) };
};

function isUnsure(entry: string, unsure: ReadonlySet<string>): boolean {
  // Nothing proves the root. Entries directly in it are accepted, since otherwise most trees would be doubted.
  for (let parent = parentOf(entry); unsure.size && parent; parent = parentOf(parent))
    if (unsure.has(parent)) return true;
  return false;
}

const keyOf = ({ path: at, id: blob, mode }: TreeRow): string => `${at}\0${blob}\0${mode}`;
const keysOf = (rows: readonly TreeRow[]): string => rows.map(keyOf).sort().join('\n');

function kindOf({ type, mode }: TreeRow): EntryKind {
  if (type === 'tree') return 'directory';
  if (type === 'commit') return 'submodule';
  return mode === '120000' ? 'symlink' : 'file';
}
