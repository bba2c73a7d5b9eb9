import { patchText } from '../../git/patch';
import { diffTrees } from '../../git/tree-diff';
import type { Difference } from '../../git/tree-diff';
import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { fullPath } from '../../instance/model';
import type { Project } from '../../instance/model';
import { badRequest, notFound } from '../../instance/refusal';
import { ok } from '../response';
import { packArchive } from '../archive';
import { commitEntity } from '../entities/commit';
import { differenceEntity } from '../entities/difference';
import { codeOf, flag, reads, readsFiles, required } from '../route';
import type { ApiRequest, Handler, Route } from '../route';
import { treeRoute } from './tree';

const blob: Handler = (request) => {
  const { bytes, sha } = blobOf(request);
  return ok({ size: bytes.byteLength, encoding: 'base64', content: bytes.toString('base64'), sha });
};

const rawBlob: Handler = (request) => ({
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: blobOf(request).bytes,
});

function blobOf(request: ApiRequest) {
  const { sha } = request.params;
  const bytes = codeOf(request).repository.objects.blob(sha);
  if (!bytes) throw notFound('Blob');
  return { bytes, sha };
}

const archive: Handler = (request) => {
  const { query, method } = request;
  const project = codeOf(request);
  const ref = query.get('sha') ?? project.repository.defaultBranch ?? '';
  const commit = project.repository.resolve(ref);
  if (!commit) throw notFound('File');
  const name = `${project.path}-${ref.replaceAll('/', '-')}-${commit.id}`;
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}.tar.gz"`,
  };
  if (method === 'HEAD') return { status: 200, headers };
  return {
    status: 200,
    headers,
    body: packArchive(project.repository, commit, name, query.get('path') ?? ''),
  };
};

const compare: Handler = (request) => {
  const { instance, query } = request;
  const project = codeOf(request);
  const { repository } = project;
  const [from, to] = [required(query, 'from'), required(query, 'to')];
  const [start, end] = [repository.resolve(from), repository.resolve(to)];
  if (!start || !end) throw notFound('Ref');
  const base = flag(query, 'straight') ? start : (repository.history.mergeBase(start.id, end.id) ?? start);
  const commits = repository.history.between(start.id, end.id);
  const rows = diffTrees(repository.objects, base.tree, end.tree);
  const shown = withinLimits(instance, project, rows);
  const last = commits.at(-1);
  return ok({
    commit: last ? commitEntity(instance, project, last) : null,
    commits: commits.map((commit) => commitEntity(instance, project, commit)),
    diffs: shown.map((row) => differenceEntity(instance, project, row)),
    compare_timeout: shown.length < rows.length,
    compare_same_ref: start.id === end.id,
    web_url: `${instance.url}/${fullPath(project)}/-/compare/${base.id}...${end.id}`,
  });
};

/** Leaves files beyond the limits out of the response, instead of emptying them (docs/gitlab-api.md#compare). */
function withinLimits(
  { settings }: FakeGitLabInstance,
  { repository }: Project,
  rows: readonly Difference[],
) {
  let lines = 0;
  const overflow = rows.findIndex((row, index) => {
    lines += patchText(repository.objects, row).split('\n').length;
    return index >= settings.compareFiles || lines > settings.compareLines;
  });
  return overflow < 0 ? rows : rows.slice(0, overflow);
}

const mergeBase: Handler = (request) => {
  const project = codeOf(request);
  const { repository } = project;
  const refs = request.query.getAll('refs[]');
  if (refs.length < 2) throw badRequest('Provide at least 2 refs');
  const commits = refs.map((ref) => {
    const commit = repository.resolve(ref);
    if (!commit) throw badRequest(`Could not find ref: ${ref}`);
    return commit.id;
  });
  const base = repository.history.mergeBase(...commits);
  if (!base) throw notFound('Merge Base');
  return ok(commitEntity(request.instance, project, base));
};

const REPOSITORY = '/projects/:id/repository';
const archiveNeeds = readsFiles('read_repository_archive');

export const repositoryRoutes: readonly Route[] = [
  treeRoute,
  {
    method: 'GET',
    template: `${REPOSITORY}/blobs/:sha`,
    operation: 'readFiles',
    needs: reads('read_repository_blob'),
    handle: blob,
  },
  {
    method: 'GET',
    template: `${REPOSITORY}/blobs/:sha/raw`,
    operation: 'readFiles',
    needs: reads('read_repository_blob'),
    handle: rawBlob,
  },
  {
    method: 'GET',
    template: `${REPOSITORY}/archive`,
    operation: 'readFiles',
    needs: archiveNeeds,
    handle: archive,
  },
  {
    method: 'GET',
    template: `${REPOSITORY}/archive.tar.gz`,
    operation: 'readFiles',
    needs: archiveNeeds,
    handle: archive,
  },
  {
    method: 'GET',
    template: `${REPOSITORY}/compare`,
    operation: 'changesSince',
    needs: reads('read_repository_comparison'),
    handle: compare,
  },
  {
    method: 'GET',
    template: `${REPOSITORY}/merge_base`,
    operation: 'mergeBase',
    needs: reads('read_repository_merge_base'),
    handle: mergeBase,
  },
];
