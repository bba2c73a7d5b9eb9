import { CursorInvalid, decodeCursor, encodeCursor, type Page, type PageRequest } from '@app/kernel';
import { BranchNotFound } from '../errors/project.errors';
import type { Branch } from '../gitlab.types';
import type { Api } from './api';
import { path } from './api-path';
import type { ErrorBody } from './errors/error-body';
import { pageSize } from './page-size';
import { listOf } from './responses/shapes';
import { branchRow, toBranch, type BranchRow } from './rows';

export class Branches {
  constructor(private readonly api: Api) {}

  /** Reads its position from the cursor: the last branch's name if the server pages by key, else a page number. */
  async list(
    projectId: number,
    { search, ...page }: PageRequest & { readonly search?: string },
  ): Promise<Page<Branch>> {
    const limit = Math.min(pageSize(page.limit), 100);
    const at = page.cursor ? positionIn(page.cursor) : undefined;
    const query = {
      search: search || undefined,
      per_page: limit,
      ...(typeof at === 'number' ? { page: at } : { pagination: 'keyset', page_token: at }),
    };
    const { data, next } = await this.api.get(
      path`/projects/${projectId}/repository/branches`,
      listOf(branchRow),
      { query },
    );
    const position = next && (next.name === 'page' ? Number(next.value) : next.value);
    return { items: data.map(toBranch), nextCursor: position ? encodeCursor([position]) : null };
  }

  async get(projectId: number, name: string): Promise<Branch> {
    return toBranch(await this.row(projectId, name));
  }

  async row(projectId: number, name: string): Promise<BranchRow> {
    const to = path`/projects/${projectId}/repository/branches/${name}`;
    return (await this.api.get(to, branchRow, { translate: (said) => absence(said, name) })).data;
  }
}

/** @throws CursorInvalid if the cursor belongs to another list */
function positionIn(cursor: string): string | number {
  const [at, ...more] = decodeCursor(cursor);
  const fits = typeof at === 'number' ? Number.isSafeInteger(at) && at > 0 : at && !at.includes('\0');
  if (!fits || more.length) throw new CursorInvalid();
  return at;
}

/**
 * Recognises a missing branch: GitLab answers for the storage of an empty repository, and 400 to a malformed name
 * (docs/gitlab-api.md#branches).
 */
function absence({ status, text }: ErrorBody, name: string): BranchNotFound | undefined {
  if (status === 404) return new BranchNotFound(name);
  return status === 400 && /refname is invalid/i.test(text) ? new BranchNotFound(name) : undefined;
}
