import { CommitUnknown, GitLabAnswerInvalid, GitLabRefused, GitLabUnavailable } from '../../gitlab.errors';
import type { EntryKind, Repo, TreeEntry } from '../../gitlab.port';
import { TREE } from '../responses/response-limits';
import { id, listOf, Misshapen, path as repoPath, type Read } from '../responses/shapes';
import type { Api, Reply } from '../api';
import { path, type Query } from '../api-path';
import { ifMissing } from '../errors/response-errors';
import type { InstanceCapabilities } from '../instance-capabilities';
import type { NextPage } from '../next-page';
import { parentOf, unprovenDirectories, type TreeRow } from './tree-proof';

const PER_PAGE = 100;
/** Directories that are listed by themselves if the tree does not prove them. */
const MOST_LISTED = 20;

/** Reads whole trees, always at a commit: paging over a moving branch mixes states (docs/gitlab-api.md#tree). */
export class Trees {
  constructor(
    private readonly api: Api,
    private readonly memory: InstanceCapabilities,
  ) {}

  /** @throws GitLabAnswerInvalid if rows are missing and do not come when asked for again */
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
   * Asks once more. Rows that two answers agree on are believed, though their names may be altered: names that are no UTF-8 do not
   * prove themselves either, and neither do the modes of very old repositories.
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
    // A directory that was missing is known by name now, and what is in it is not.
    if ([...unsure].some((directory) => !unproven.has(directory) || !listed.has(directory)))
      throw new GitLabAnswerInvalid('the list of the files of a commit lacks some');
    return { rows: completed, unsure };
  }

  private async rows(repo: Repo, commit: string): Promise<TreeRow[]> {
    const capabilities = this.memory.capabilitiesOf(this.api.instanceUrl);
    if (!capabilities.treeInOnePiece) return this.paged(repo, commit, { recursive: true });
    try {
      const { rows, next } = await this.inOnePiece(repo, commit);
      // A server that ignores the parameter answers its first page.
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

  /** By key if the server can, else by page number: its own headers say how to go on. */
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

/** Spelled out, because there may be half a million of them. */
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
  // Nothing proves the root. What lies there by a plain name is believed: most trees would be doubted otherwise.
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
