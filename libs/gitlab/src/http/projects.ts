import { encodeCursor, positionOf, type DomainError, type Page, type PageRequest } from '@app/kernel';
import { GitLabAnswerInvalid, GitLabRefused } from '../errors/answer.errors';
import { ProjectNameInvalid, ProjectNameTaken, ProjectNotFound } from '../errors/project.errors';
import { TokenCannotCreateProjects } from '../errors/token.errors';
import type { Project } from '../gitlab.types';
import type { Api } from './api';
import { path } from './api-path';
import { ifMissing } from './errors/response-errors';
import type { ErrorBody } from './errors/error-body';
import { pageSize } from './page-size';
import { listOf } from './responses/shapes';
import { projectRow, toProject, type ProjectRow } from './rows';

const DEVELOPER = 30;

export class Projects {
  constructor(private readonly api: Api) {}

  async list({ search, ...page }: PageRequest & { readonly search?: string }): Promise<Page<Project>> {
    const limit = pageSize(page.limit);
    const items: Project[] = [];
    let after = page.cursor ? positionOf(page.cursor, [0])[0] : undefined;
    for (let more = true; more;) {
      const query = {
        membership: true,
        min_access_level: DEVELOPER,
        order_by: 'id',
        sort: 'asc',
        pagination: 'keyset',
        per_page: Math.min(limit - items.length, 100),
        id_after: after,
        search: search || undefined,
      };
      const before = after;
      const { data, next } = await this.api.get('/projects', listOf(projectRow), { query });
      items.push(...data.map((row) => this.view(row)));
      after = items.at(-1)?.id;
      more = next !== null && data.length > 0;
      // Without this check, a page that repeats itself would be requested without end.
      if (more && before !== undefined && after! <= before)
        throw new GitLabAnswerInvalid('a page of projects does not come after the one before');
      if (more && items.length >= limit) return { items, nextCursor: encodeCursor([after!]) };
    }
    return { items, nextCursor: null };
  }

  async get(projectId: number): Promise<Project> {
    return this.view(await this.row(projectId));
  }

  /** Returns the project with the fields that only this adapter reads. */
  async row(projectId: number): Promise<ProjectRow> {
    const translate = ifMissing(() => new ProjectNotFound(projectId));
    return (await this.api.get(path`/projects/${projectId}`, projectRow, { translate })).data;
  }

  async create(name: string): Promise<Project> {
    const request = { name, visibility: 'private', initialize_with_readme: false };
    return this.view(
      await this.api.write('POST', '/projects', projectRow, request, (said) => creationError(said, name)),
    );
  }

  private view(row: ProjectRow): Project {
    return toProject(this.api.instanceUrl, row);
  }
}

/**
 * Translates a validation message by its text, because its keys vary by version
 * (docs/gitlab-api.md#create-a-project).
 */
function creationError({ status, text }: ErrorBody, name: string): DomainError | undefined {
  if (status === 403)
    return /limit/i.test(text) ? new GitLabRefused(status, text) : new TokenCannotCreateProjects();
  if (status !== 400) return undefined;
  if (/already been taken|still being deleted/i.test(text)) return new ProjectNameTaken(name);
  if (/^namespace\b/i.test(text)) return new TokenCannotCreateProjects();
  return new ProjectNameInvalid(text);
}
