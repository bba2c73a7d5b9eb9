import type { MergeRequest } from '../../instance/merge-requests/model';
import type { Project } from '../../instance/model';
import { Refused } from '../../instance/refusal';
import { listedMergeRequestEntity, mergeRequestEntity } from '../entities/merge-request';
import { offsetPage } from '../paging';
import { created, ok } from '../response';
import { bodyOf, isRead, reads, writes } from '../route';
import type { ApiRequest, Body, Handler, Route } from '../route';

const STATES = ['opened', 'closed', 'locked', 'merged', 'all'];

function projectOf({ instance, caller, params, method }: ApiRequest): Project {
  return instance.access.project(caller, params.id, isRead(method) ? 'read' : 'write');
}

function named(request: ApiRequest): MergeRequest {
  return request.instance.mergeRequests.get(projectOf(request), Number(request.params.iid));
}

const list: Handler = (request) => {
  const { instance, query } = request;
  const project = projectOf(request);
  const state = query.get('state') ?? 'all';
  if (!STATES.includes(state))
    throw new Refused({ is: 'bad-parameter', status: 400, error: 'state does not have a valid value' });
  const found = instance.mergeRequests.list(project, {
    source: query.get('source_branch') ?? undefined,
    target: query.get('target_branch') ?? undefined,
    sourceProjectId: query.has('source_project_id') ? Number(query.get('source_project_id')) : undefined,
    state: state === 'all' ? undefined : (state as MergeRequest['state']),
  });
  const order = query.get('order_by') === 'updated_at' ? 'updatedAt' : 'createdAt';
  const sign = query.get('sort') === 'asc' ? 1 : -1;
  found.sort((a, b) => sign * (a[order].getTime() - b[order].getTime() || a.iid - b.iid));
  return offsetPage(request, found, (mr) => listedMergeRequestEntity(instance, mr));
};

const get: Handler = (request) => ok(mergeRequestEntity(request.instance, request.caller, named(request)));

const post: Handler = async (request) => {
  const { instance, caller } = request;
  const project = projectOf(request);
  const checked = instance.mergeRequests.check(caller, project, parametersOf(request));
  await instance.calls.between({
    operation: 'createMergeRequest',
    route: `POST ${MERGE_REQUESTS}`,
    method: 'POST',
    projectId: project.id,
  });
  return created(mergeRequestEntity(instance, caller, checked.write()));
};

const put: Handler = (request) => {
  const { instance, caller } = request;
  const mr = named(request);
  instance.mergeRequests.update(caller, mr, parametersOf(request));
  return ok(mergeRequestEntity(instance, caller, mr));
};

const merge: Handler = (request) => {
  const { instance, caller } = request;
  const mr = named(request);
  const body = parametersOf(request);
  const text = (key: string) => (typeof body[key] === 'string' ? body[key] : undefined);
  instance.mergeRequests.merging.merge(mr, caller.user, {
    squash: typeof body.squash === 'boolean' ? body.squash : undefined,
    squashMessage: text('squash_commit_message'),
    mergeMessage: text('merge_commit_message'),
    removeSourceBranch:
      typeof body.should_remove_source_branch === 'boolean' ? body.should_remove_source_branch : undefined,
    sha: text('sha'),
  });
  return ok(mergeRequestEntity(instance, caller, mr));
};

const rebase: Handler = (request) => {
  const { instance, caller } = request;
  instance.mergeRequests.rebasing.start(named(request), caller.user);
  return { status: 202, body: { rebase_in_progress: true } };
};

function parametersOf(request: ApiRequest): Body {
  return { ...Object.fromEntries(request.query), ...bodyOf(request) };
}

const MERGE_REQUESTS = '/projects/:id/merge_requests';
const MERGE_REQUEST = `${MERGE_REQUESTS}/:iid`;
const read = reads('read_merge_request');

export const mergeRequestRoutes: readonly Route[] = [
  { method: 'GET', template: MERGE_REQUESTS, operation: 'findMergeRequests', needs: read, handle: list },
  {
    method: 'POST',
    template: MERGE_REQUESTS,
    operation: 'createMergeRequest',
    needs: writes('create_merge_request'),
    handle: post,
  },
  { method: 'GET', template: MERGE_REQUEST, operation: 'mergeRequest', needs: read, handle: get },
  {
    method: 'PUT',
    template: MERGE_REQUEST,
    operation: 'updateMergeRequest',
    needs: writes('update_merge_request'),
    handle: put,
  },
  {
    method: 'PUT',
    template: `${MERGE_REQUEST}/merge`,
    operation: 'merge',
    needs: writes('merge_merge_request'),
    handle: merge,
  },
  {
    method: 'PUT',
    template: `${MERGE_REQUEST}/rebase`,
    operation: 'rebase',
    needs: writes('update_merge_request'),
    handle: rebase,
  },
];
