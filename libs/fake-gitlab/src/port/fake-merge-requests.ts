import type { DomainError } from '@app/kernel';
import {
  BranchNotFound,
  MergeRequestExists,
  MergeRequestNotFound,
  MergeRequestsDisabled,
  ProjectArchived,
} from '@app/gitlab';
import type {
  ListedMergeRequest,
  MergeRequest,
  MergeRequestQuery,
  MergeRequestTexts,
  NewMergeRequest,
  ProjectPlace,
} from '@app/gitlab';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import type { Caller, Project } from '../instance/model';
import { Refused } from '../instance/refusal';
import type { Refusal } from '../instance/refusal';
import type { InProcessCalls } from './in-process-calls';
import { listedView, mergeRequestView } from './merge-request-views';
import { reads, writes } from './needs';

const MOST_FOUND = 20;

/** The subject of the call, for the translation of its refusal. */
interface About {
  readonly iid?: number;
  readonly source?: string;
  readonly target?: string;
}

/** Reads and writes merge requests. */
export class FakeMergeRequests {
  constructor(private readonly calls: InProcessCalls) {}

  find(place: ProjectPlace, query: MergeRequestQuery): Promise<ListedMergeRequest[]> {
    const operation = { name: 'findMergeRequests', ...place, needs: reads('read_merge_request') };
    return this.run(operation, {}, (instance, _caller, project) =>
      instance.mergeRequests
        .list(project, { ...query, sourceProjectId: place.projectId })
        .slice(0, MOST_FOUND)
        .map((mr) => listedView(instance, place, mr)),
    );
  }

  get(place: ProjectPlace, iid: number): Promise<MergeRequest> {
    const operation = { name: 'mergeRequest', ...place, needs: reads('read_merge_request') };
    return this.run(operation, { iid }, (instance, _caller, project) =>
      mergeRequestView(instance, place, instance.mergeRequests.get(project, iid)),
    );
  }

  create(place: ProjectPlace, request: NewMergeRequest): Promise<MergeRequest> {
    const operation = {
      name: 'createMergeRequest',
      ...place,
      needs: writes('create_merge_request'),
      write: true,
    };
    const body = {
      source_branch: request.source,
      target_branch: request.target,
      title: request.title,
      description: request.description,
      remove_source_branch: request.removeSourceBranch,
      squash: request.squash,
    };
    return this.run(operation, request, async (instance, caller, project) => {
      const checked = instance.mergeRequests.check(caller, project, body);
      await instance.calls.between({
        operation: operation.name,
        route: operation.name,
        method: 'POST',
        projectId: project.id,
      });
      return mergeRequestView(instance, place, checked.write());
    });
  }

  update(place: ProjectPlace, iid: number, { title, description }: MergeRequestTexts): Promise<MergeRequest> {
    return this.put('updateMergeRequest', place, iid, { title, description });
  }

  close(place: ProjectPlace, iid: number): Promise<MergeRequest> {
    return this.put('closeMergeRequest', place, iid, { state_event: 'close' });
  }

  private put(
    name: string,
    place: ProjectPlace,
    iid: number,
    body: Record<string, unknown>,
  ): Promise<MergeRequest> {
    const operation = { name, ...place, needs: writes('update_merge_request'), write: true };
    return this.run(operation, { iid }, (instance, caller, project) => {
      const mr = instance.mergeRequests.get(project, iid);
      instance.mergeRequests.update(caller, mr, body);
      return mergeRequestView(instance, place, mr);
    });
  }

  private run<T>(
    operation: Parameters<InProcessCalls['run']>[0] & ProjectPlace,
    about: About,
    effect: (instance: FakeGitLabInstance, caller: Caller, project: Project) => T | Promise<T>,
  ): Promise<T> {
    return this.calls.run(operation, async (instance, caller) => {
      const project = instance.access.project(
        caller,
        operation.projectId,
        operation.write ? 'write' : 'read',
      );
      try {
        return await effect(instance, caller, project);
      } catch (error) {
        throw (error instanceof Refused && translated(error.refusal, about, project)) || error;
      }
    });
  }
}

/** Translates like the HTTP adapter; undefined for refusals that any call may meet. */
function translated(refusal: Refusal, about: About, project: Project): DomainError | undefined {
  if (refusal.is === 'forbidden' && !refusal.why) {
    if (project.archived) return new ProjectArchived();
    return project.mergeRequestsEnabled ? undefined : new MergeRequestsDisabled();
  }
  if (refusal.is === 'not-found' && about.iid !== undefined) return new MergeRequestNotFound(about.iid);
  if (refusal.is === 'message' && refusal.status === 409)
    return new MergeRequestExists(Number(/!(\d+)/.exec(String(refusal.message))?.[1]) || null);
  if (refusal.is !== 'invalid') return undefined;
  if (refusal.attributes.source_branch) return new BranchNotFound(about.source ?? '');
  return refusal.attributes.target_branch ? new BranchNotFound(about.target ?? '') : undefined;
}
