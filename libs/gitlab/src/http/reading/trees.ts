import { CommitUnknown, GitLabRefused, GitLabUnavailable } from '../../gitlab.errors';
import type { EntryKind, Repo, TreeEntry } from '../../gitlab.port';
import type { Api, Reply } from '../api';
import { path, type Query } from '../api-path';
import { ifMissing } from '../errors/answer-errors';
import type { InstanceMemory } from '../instance-memory';
import type { NextPage } from '../next-page';

interface TreeRow {
  readonly id: string;
  readonly type: 'tree' | 'blob' | 'commit';
  readonly path: string;
  readonly mode: string;
}

/** Whole trees, always at a commit: paging over a moving branch mixes states (§4.1). */
export class Trees {
  constructor(
    private readonly api: Api,
    private readonly memory: InstanceMemory,
  ) {}

  async read(repo: Repo, commit: string, directories = false): Promise<Map<string, TreeEntry>> {
    const rows = await this.rows(repo, commit);
    const entries = rows.map((row) => [row.path, { kind: kindOf(row), blob: row.id }] as const);
    return new Map(directories ? entries : entries.filter(([, { kind }]) => kind !== 'directory'));
  }

  private async rows(repo: Repo, commit: string): Promise<TreeRow[]> {
    const abilities = this.memory.abilitiesOf(this.api.instanceUrl);
    if (!abilities.treeInOnePiece) return this.paged(repo, commit);
    try {
      const { data, next } = await this.page(repo, commit, { pagination: 'none' });
      // A server that ignores the parameter answers its first page.
      if (!next) return data;
      abilities.treeInOnePiece = false;
    } catch (error) {
      if (error instanceof GitLabRefused && error.status === 400) abilities.treeInOnePiece = false;
      else if (!(error instanceof GitLabUnavailable)) throw error;
    }
    return this.paged(repo, commit);
  }

  /** By key where the server can, else by page number: its own headers say how to go on. */
  private async paged(repo: Repo, commit: string): Promise<TreeRow[]> {
    const rows: TreeRow[] = [];
    for (let at: NextPage | null | undefined; at !== null;) {
      const reply: Reply<TreeRow[]> = await this.page(repo, commit, {
        per_page: 100,
        ...(at?.name !== 'page' && { pagination: 'keyset' }),
        ...(at && { [at.name]: at.value }),
      });
      rows.push(...reply.data);
      at = reply.next;
    }
    return rows;
  }

  private page({ projectId }: Repo, commit: string, query: Query): Promise<Reply<TreeRow[]>> {
    return this.api.get<TreeRow[]>(path`/projects/${projectId}/repository/tree`, {
      query: { ref: commit, recursive: true, ...query },
      translate: ifMissing(() => new CommitUnknown(commit)),
    });
  }
}

function kindOf({ type, mode }: TreeRow): EntryKind {
  if (type === 'tree') return 'directory';
  if (type === 'commit') return 'submodule';
  return mode === '120000' ? 'symlink' : 'file';
}
