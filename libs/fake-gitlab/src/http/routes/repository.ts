import { kindOf } from '../../git/git-objects';
import type { Entry } from '../../git/git-objects';
import { shownAs } from '../../git/names';
import { patchText } from '../../git/patch';
import { diffTrees } from '../../git/tree-diff';
import type { Difference } from '../../git/tree-diff';
import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { fullPath } from '../../instance/model';
import type { Project } from '../../instance/model';
import { badRequest, notFound, Refused } from '../../instance/refusal';
import { ok } from '../response';
import { packArchive } from '../archive';
import { commitEntity, differenceEntity } from '../entities';
import { keysetPage, offsetPage } from '../paging';
import { codeOf, flag, reads, readsFiles, required } from '../route';
import type { ApiRequest, Handler, Route } from '../route';

const KIND_ORDER = ['tree', 'blob', 'commit'];

const tree: Handler = (request) => {
  const { instance, query } = request;
  const pagination = paginationOf(request);
  const entries = entriesOf(request);
  if (pagination === 'none') return ok(entries.map(treeRow));
  if (pagination === 'legacy' || !instance.features.has('tree-keyset'))
    return offsetPage(request, treesFirst(entries), treeRow);
  const token = query.get('page_token');
  const page = keysetPage(
    request,
    token ? after(entries, token) : entries,
    ([path]) => ({ page_token: encodeToken(path) }),
    treeRow,
  );
  return page;
};

function paginationOf({ instance, query }: ApiRequest): 'legacy' | 'keyset' | 'none' {
  const wanted = query.get('pagination') ?? 'legacy';
  if (wanted === 'none' && instance.features.has('tree-unpaged')) {
    if (flag(query, 'recursive')) return 'none';
    throw badParameter('pagination cannot be "none" unless "recursive" is true');
  }
  if (wanted !== 'legacy' && wanted !== 'keyset')
    throw badParameter('pagination does not have a valid value');
  return wanted;
}

/** Below the path that was asked for, in git's order. A path that is a file has nothing below it. */
function entriesOf(request: ApiRequest): [string, Entry][] {
  const { instance, query } = request;
  const { repository } = codeOf(request);
  const commit = repository.resolve(query.get('ref') || 'HEAD');
  if (!commit) throw notFound('Tree');
  const path = (query.get('path') ?? '').replace(/^\/+|\/+$/g, '');
  const entry = repository.objects.entryAt(commit.tree, path);
  if (!entry && instance.features.has('missing-tree-path-404')) throw notFound('invalid revision or path');
  if (entry?.mode !== '040000') return [];
  const prefix = path && `${path}/`;
  if (flag(query, 'recursive')) return repository.objects.walk(entry.id, prefix);
  return [...repository.objects.tree(entry.id)].map(([name, child]) => [prefix + name, child]);
}

function treesFirst(entries: readonly [string, Entry][]): [string, Entry][] {
  const rank = ([, { mode }]: [string, Entry]) => KIND_ORDER.indexOf(kindOf(mode));
  return [...entries].sort((a, b) => rank(a) - rank(b));
}

function treeRow([path, { mode, id }]: [string, Entry]): object {
  const shown = shownAs(path);
  return { id, name: shown.split('/').at(-1), type: kindOf(mode), path: shown, mode };
}

/** Gitaly looks the entry up that the token names; where it is gone, the branch having moved, it fails (docs/gitlab-api.md#tree). */
function after(entries: readonly [string, Entry][], token: string): [string, Entry][] {
  const index = entries.findIndex(([path]) => encodeToken(path) === token);
  if (index < 0) throw new Refused({ is: 'message', status: 500, message: '500 Internal Server Error' });
  return entries.slice(index + 1);
}

function encodeToken(path: string): string {
  return Buffer.from(JSON.stringify({ file_name: path })).toString('base64');
}

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

const archive: Handler = async (request) => {
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
    body: await packArchive(project.repository, commit, name, query.get('path') ?? ''),
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

/** Files beyond the limits are missing from the answer, not merely empty (docs/gitlab-api.md#compare). */
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

function badParameter(error: string) {
  return new Refused({ is: 'bad-parameter', status: 400, error });
}

const REPOSITORY = '/projects/:id/repository';
const archiveNeeds = readsFiles('read_repository_archive');

export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: `${REPOSITORY}/tree`,
    operation: 'tree',
    needs: reads('read_repository_tree'),
    handle: tree,
  },
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
