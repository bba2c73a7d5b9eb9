import { CursorInvalid, decodeCursor, encodeCursor, type Page, type PageRequest } from '@app/kernel';
import { BranchNotFound } from '../errors/project.errors';
import type { Branch, BranchProtection } from '../gitlab.types';
import { GitLabRefused } from '../errors/answer.errors';
import type { Api, Reply } from './api';
import { path } from './api-path';
import type { ErrorBody } from './errors/error-body';
import type { NextPage } from './next-page';
import { pageSize } from './page-size';
import { listOf } from './responses/shapes';
import { branchRow, protectionRow, toBranch, toProtection, type BranchRow, type ProtectionRow } from './rows';
import { matchesWildcard } from '../branch-filter';

/** This limit ends any list of rules. */
const MOST_RULE_PAGES = 20;

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

  async protectionsOf(projectId: number, name: string): Promise<readonly BranchProtection[] | null> {
    const to = path`/projects/${projectId}/protected_branches`;
    const rules: BranchProtection[] = [];
    let at: NextPage | null | undefined;
    try {
      for (let page = 0; page < MOST_RULE_PAGES && at !== null; page++) {
        const query = { per_page: 100, ...(at && { [at.name]: at.value }) };
        const reply: Reply<ProtectionRow[]> = await this.api.get(to, listOf(protectionRow), { query });
        rules.push(...reply.data.map(toProtection));
        at = reply.next;
      }
    } catch (error) {
      if (error instanceof GitLabRefused && [403, 404].includes(error.status)) return null;
      throw error;
    }
    return rules.filter(({ pattern }) => matchesWildcard(pattern, name));
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
