import { createHash } from 'node:crypto';
import { PUSH_REFUSED } from '../../instance/access';
import { notFound, Refused } from '../../instance/refusal';
import { created, noContent, ok } from '../response';
import type { Answer } from '../response';
import { bodyOf, codeOf, flag, readsFiles, required, writes } from '../route';
import type { ApiRequest, Handler, Route } from '../route';

type FileFields = Readonly<Record<string, string | number | boolean>>;

function fileOf(request: ApiRequest, ref: string) {
  const { repository } = codeOf(request);
  const path = request.params.file_path;
  if (path.split('/').includes('..'))
    throw new Refused({ is: 'bad-parameter', status: 400, error: 'file_path should be a valid file path' });
  const commit = repository.resolve(ref);
  if (!commit) throw notFound('Commit');
  const entry = repository.objects.entryAt(commit.tree, path);
  const bytes = entry && repository.objects.blob(entry.id);
  if (!entry || !bytes) throw notFound('File');
  const fields: FileFields = {
    file_name: path.split('/').at(-1) ?? path,
    file_path: path,
    size: bytes.byteLength,
    encoding: 'base64',
    content_sha256: createHash('sha256').update(bytes).digest('hex'),
    ref,
    blob_id: entry.id,
    commit_id: commit.id,
    last_commit_id: repository.history.lastTouching(commit.id, path)?.id ?? commit.id,
    execute_filemode: entry.mode === '100755',
  };
  return { repository, bytes, fields };
}

/** Every field but the content is a header too: `X-Gitlab-Blob-Id` and so on. Names that are no Latin text go encoded. */
function headersOf(fields: FileFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      `x-gitlab-${name.replaceAll('_', '-')}`,
      String(value).replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character)),
    ]),
  );
}

const get: Handler = (request) => {
  const { bytes, fields } = fileOf(request, required(request.query, 'ref'));
  return ok({ ...fields, content: bytes.toString('base64') }, headersOf(fields));
};

const head: Handler = (request) => {
  const { fields } = fileOf(request, required(request.query, 'ref'));
  return { status: 200, headers: { 'content-type': 'application/json', ...headersOf(fields) } };
};

const raw: Handler = (request): Answer => {
  const { repository, bytes, fields } = fileOf(request, request.query.get('ref') || 'HEAD');
  const name = encodeURIComponent(String(fields.file_name));
  return {
    status: 200,
    headers: {
      ...headersOf(fields),
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `inline; filename="${name}"; filename*=UTF-8''${name}`,
      'cache-control': 'max-age=0, private, must-revalidate, no-store, no-cache',
      pragma: 'no-cache',
      expires: 'Fri, 01 Jan 1990 00:00:00 GMT',
    },
    body: flag(request.query, 'lfs') ? repository.throughLfs(bytes) : bytes,
  };
};

const CHANGED = 'You are attempting to update a file that has changed since you started editing it.';

/** One action through the commits service, with this endpoint's own words for a stale `last_commit_id` (docs/gitlab-api.md#single-file-endpoints). */
function change(
  request: ApiRequest,
  action: 'create' | 'update' | 'delete',
): { file_path: string; branch: unknown } {
  const { instance, caller, params } = request;
  const project = codeOf(request);
  const { content, encoding, last_commit_id, ...rest } = {
    ...Object.fromEntries(request.query),
    ...bodyOf(request),
  };
  for (const key of ['branch', 'commit_message'])
    if (!(key in rest)) throw new Refused({ is: 'bad-parameter', status: 400, error: `${key} is missing` });
  if (typeof rest.branch === 'string' && !instance.access.mayPush(project, caller, rest.branch))
    throw new Refused({ is: 'forbidden', why: PUSH_REFUSED });
  const actions = [{ action, file_path: params.file_path, content, encoding, last_commit_id }];
  try {
    instance.commits.check(caller, project, { ...rest, actions }).write();
  } catch (error) {
    const stale =
      error instanceof Refused &&
      error.refusal.is === 'commit-refused' &&
      error.refusal.because === 'changed';
    throw stale ? new Refused({ is: 'message', status: 400, message: CHANGED }) : error;
  }
  return { file_path: params.file_path, branch: rest.branch };
}

const post: Handler = (request) => created(change(request, 'create'));
const put: Handler = (request) => ok(change(request, 'update'));
const remove: Handler = (request) => {
  change(request, 'delete');
  return noContent;
};

const FILE = '/projects/:id/repository/files/:file_path';
const readNeeds = readsFiles('read_repository_file');

export const fileRoutes: readonly Route[] = [
  { method: 'HEAD', template: FILE, operation: 'readFiles', needs: readNeeds, handle: head },
  { method: 'GET', template: FILE, operation: 'readFiles', needs: readNeeds, handle: get },
  { method: 'GET', template: `${FILE}/raw`, operation: 'readFiles', needs: readNeeds, handle: raw },
  {
    method: 'POST',
    template: FILE,
    operation: 'commit',
    needs: writes('create_repository_file'),
    handle: post,
  },
  {
    method: 'PUT',
    template: FILE,
    operation: 'commit',
    needs: writes('update_repository_file'),
    handle: put,
  },
  {
    method: 'DELETE',
    template: FILE,
    operation: 'commit',
    needs: writes('delete_repository_file'),
    handle: remove,
  },
];
