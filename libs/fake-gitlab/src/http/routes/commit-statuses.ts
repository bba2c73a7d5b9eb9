import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import type { StatusRow } from '../../instance/commit-statuses';
import { userEntity } from '../entities/accounts';
import { offsetPage } from '../paging';
import { created } from '../response';
import { bodyOf, codeOf, flag, reads, writes, type Handler, type Route } from '../route';
import { notFound } from '../../instance/refusal';

const post: Handler = (request) => {
  const { instance, caller, params } = request;
  const project = instance.access.project(caller, params.id, 'write');
  return created(
    statusEntity(instance, instance.commitStatuses.post(caller, project, params.sha, bodyOf(request))),
  );
};

const list: Handler = (request) => {
  const { instance, params, query } = request;
  const project = codeOf(request);
  if (!project.repository.resolve(params.sha)) throw notFound('Commit');
  const wanted = (key: string, value: string) => !query.get(key) || query.get(key) === value;
  const rows = instance.commitStatuses
    .of(project, params.sha, { all: flag(query, 'all') })
    .filter(({ ref, name }) => wanted('ref', ref) && wanted('name', name));
  return offsetPage(request, rows, (row) => statusEntity(instance, row));
};

function statusEntity(instance: FakeGitLabInstance, row: StatusRow): object {
  return {
    id: row.id,
    sha: row.sha,
    ref: row.ref,
    status: row.state,
    name: row.name,
    target_url: row.targetUrl,
    description: row.description,
    created_at: row.createdAt.toISOString(),
    started_at: null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    allow_failure: false,
    coverage: null,
    pipeline_id: row.pipelineId,
    author: userEntity(instance, row.user),
  };
}

export const commitStatusRoutes: readonly Route[] = [
  {
    method: 'POST',
    template: '/projects/:id/statuses/:sha',
    operation: 'setCommitStatus',
    needs: writes('create_commit_status'),
    handle: post,
  },
  {
    method: 'GET',
    template: '/projects/:id/repository/commits/:sha/statuses',
    operation: 'commitStatuses',
    needs: reads('read_commit_status'),
    handle: list,
  },
];
