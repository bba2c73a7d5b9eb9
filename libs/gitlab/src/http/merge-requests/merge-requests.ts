import { GitLabRefused } from '../../errors/answer.errors';
import { MergeRequestsDisabled } from '../../errors/merge-request.errors';
import { ProjectArchived } from '../../errors/project.errors';
import type { ProjectPlace } from '../../gitlab.types';
import type {
  ListedMergeRequest,
  MergeRequest,
  MergeRequestQuery,
  MergeRequestTexts,
  NewMergeRequest,
} from '../../merge-request.types';
import { webUrlOf } from '../../web-url';
import type { Api, Reply } from '../api';
import { path } from '../api-path';
import type { NextPage } from '../next-page';
import type { Projects } from '../projects';
import { listOf } from '../responses/shapes';
import { creationError, mergeRequestError } from './merge-request-errors';
import {
  listedRow,
  mergeRequestRow,
  toListed,
  toMergeRequest,
  type ListedRow,
  type MergeRequestRow,
} from './merge-request-rows';

/** A page is small, because a description may have a MiB, and a branch seldom has more than one merge request. */
const PER_PAGE = 2;
const MOST_FOUND = 20;
/** Forks with a branch of the same name may fill pages on servers that do not filter by the source project. */
const MOST_PAGES = 20;

/** Reads and writes merge requests within one project. */
export class MergeRequests {
  constructor(
    private readonly api: Api,
    private readonly projects: Projects,
  ) {}

  async find(
    place: ProjectPlace,
    { source, target, state }: MergeRequestQuery,
  ): Promise<ListedMergeRequest[]> {
    const found: ListedMergeRequest[] = [];
    const wanted = {
      source_branch: source,
      source_project_id: place.projectId,
      target_branch: target,
      state: state ?? 'all',
      order_by: 'created_at',
      sort: 'desc',
      per_page: PER_PAGE,
    };
    let at: NextPage | null | undefined;
    for (let page = 0; page < MOST_PAGES && found.length < MOST_FOUND && at !== null; page++) {
      const reply: Reply<ListedRow[]> = await this.explained(
        place,
        this.api.get(path`/projects/${place.projectId}/merge_requests`, listOf(listedRow), {
          query: { ...wanted, ...(at && { [at.name]: at.value }) },
        }),
      );
      const own = reply.data.filter((row) => row.source_project_id === place.projectId);
      found.push(...own.map((row) => toListed(row, this.urlOf(place))));
      at = reply.next;
    }
    return found.slice(0, MOST_FOUND);
  }

  async get(place: ProjectPlace, iid: number): Promise<MergeRequest> {
    const reading = { translate: mergeRequestError(iid) };
    return this.view(place, (await this.api.get(pathOf(place, iid), mergeRequestRow, reading)).data);
  }

  async create(place: ProjectPlace, request: NewMergeRequest): Promise<MergeRequest> {
    const body = {
      source_branch: request.source,
      target_branch: request.target,
      title: request.title,
      description: request.description,
      remove_source_branch: request.removeSourceBranch,
      squash: request.squash,
    };
    const to = path`/projects/${place.projectId}/merge_requests`;
    const writing = this.api.write('POST', to, mergeRequestRow, body, (said) => creationError(said, request));
    return this.view(place, await this.explained(place, writing));
  }

  update(place: ProjectPlace, iid: number, texts: MergeRequestTexts): Promise<MergeRequest> {
    return this.put(place, iid, { title: texts.title, description: texts.description });
  }

  close(place: ProjectPlace, iid: number): Promise<MergeRequest> {
    return this.put(place, iid, { state_event: 'close' });
  }

  private async put(place: ProjectPlace, iid: number, body: object): Promise<MergeRequest> {
    const writing = this.api.write('PUT', pathOf(place, iid), mergeRequestRow, body, mergeRequestError(iid));
    return this.view(place, await this.explained(place, writing));
  }

  /**
   * GitLab answers the same 403 for too low a role, an archived project and switched-off merge requests
   * (docs/gitlab-api.md#create-a-merge-request).
   */
  private async explained<T>({ projectId }: ProjectPlace, call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof GitLabRefused) || error.status !== 403) throw error;
      const project = await this.projects.get(projectId);
      if (project.archived) throw new ProjectArchived();
      throw project.mergeRequestsEnabled ? error : new MergeRequestsDisabled();
    }
  }

  private view(place: ProjectPlace, row: MergeRequestRow): MergeRequest {
    return toMergeRequest(row, this.urlOf(place));
  }

  private urlOf({ pathWithNamespace }: ProjectPlace): string {
    return webUrlOf(this.api.instanceUrl, pathWithNamespace);
  }
}

function pathOf({ projectId }: ProjectPlace, iid: number): string {
  return path`/projects/${projectId}/merge_requests/${iid}`;
}
