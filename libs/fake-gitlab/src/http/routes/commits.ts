import type { CommitObject } from '../../git/git-objects';
import { differencesOf, differenceEntity } from '../entities/difference';
import { commitDetailEntity, commitEntity } from '../entities/commit';
import type { Project } from '../../instance/model';
import { badRequest, notFound, Refused } from '../../instance/refusal';
import { created, ok } from '../response';
import { offsetPage, uncountedPage } from '../paging';
import { codeOf, flag, parseJson, reads, writes } from '../route';
import type { ApiRequest, Handler, Route } from '../route';

const TOO_MANY = 'This endpoint has been requested too many times. Try again later.';

const list: Handler = (request) => {
  const project = codeOf(request);
  return uncountedPage(request, commitsOf(request, project), (commit) =>
    commitEntity(request.instance, project, commit),
  );
};

function commitsOf(request: ApiRequest, project: Project): Iterable<CommitObject> {
  const { instance, query } = request;
  const { repository } = project;
  const { heads, exclude } = rangeOf(request, project);
  const path = query.get('path') ?? undefined;
  const options = { exclude, path, firstParent: flag(query, 'first_parent') };
  const follow = flag(query, 'follow', instance.features.has('commits-follow'));
  const commits =
    path !== undefined && follow
      ? following(project, heads, exclude, path)
      : repository.history.log(heads, options);
  return filtered(query, commits);
}

/** Resolves `a..b`, a branch, a tag or a commit. Unknown names have no commits. */
function rangeOf({ query }: ApiRequest, { repository }: Project) {
  if (flag(query, 'all')) return { heads: [...repository.branches.values()], exclude: [] };
  const name = query.get('ref_name') || 'HEAD';
  const range = /^(.*?)\.\.(?!\.)(.*)$/.exec(name);
  if (!range) return { heads: idsOf([repository.resolve(name)]), exclude: [] };
  const [from, to] = [repository.resolve(range[1]), repository.resolve(range[2])];
  if (!from || !to) throw new Refused({ is: 'message', status: 400, message: 'ref_name is invalid' });
  return { heads: [to.id], exclude: [from.id] };
}

/** Continues with a file's old name at the commit that renamed it (docs/gitlab-api.md#commits). */
function* following(
  project: Project,
  heads: readonly string[],
  exclude: readonly string[],
  path: string,
): Generator<CommitObject> {
  for (const commit of project.repository.history.log(heads, { exclude, path })) {
    yield commit;
    const row = differencesOf(project, commit).find((difference) => difference.path === path);
    if (!row || row.from === path) continue;
    yield* following(project, commit.parents, exclude, row.from);
    return;
  }
}

function* filtered(query: URLSearchParams, commits: Iterable<CommitObject>): Generator<CommitObject> {
  const [since, until] = [dateOf(query.get('since')), dateOf(query.get('until'))];
  const author = query.get('author');
  for (const commit of commits) {
    const { at } = commit.committer;
    const by = `${commit.author.name} <${commit.author.email}>`;
    if ((!since || at >= since) && (!until || at <= until) && (!author || by.includes(author))) yield commit;
  }
}

function dateOf(text: string | null): Date | undefined {
  return text === null ? undefined : new Date(text);
}

function idsOf(commits: readonly (CommitObject | undefined)[]): string[] {
  return commits.flatMap((commit) => (commit ? [commit.id] : []));
}

function named(request: ApiRequest): { project: Project; commit: CommitObject } {
  const project = codeOf(request);
  const commit = project.repository.resolve(request.params.sha);
  if (!commit) throw notFound('Commit');
  return { project, commit };
}

const get: Handler = (request) => {
  const { project, commit } = named(request);
  return ok(commitDetailEntity(request.instance, project, commit, flag(request.query, 'stats', true)));
};

const diff: Handler = (request) => {
  const { project, commit } = named(request);
  return offsetPage(request, differencesOf(project, commit), (row) =>
    differenceEntity(request.instance, project, row),
  );
};

const post: Handler = async (request) => {
  const { instance, caller, raw } = request;
  if (raw.byteLength > instance.settings.commitBodyBytes) return tooLarge(request);
  const project = codeOf(request);
  if (raw.byteLength > instance.settings.largeCommitBytes) throttle(request);
  const body = commitBody(request);
  const checked = instance.commits.check(caller, project, body);
  await instance.calls.between({
    operation: 'commit',
    route: `POST ${COMMITS}`,
    method: 'POST',
    projectId: project.id,
  });
  return created(commitDetailEntity(instance, project, checked.write(), body.stats !== false));
};

/** Parses JSON, also if the content type is absent. Does not support forms (docs/gitlab-api.md#commit-request). */
function commitBody({ raw, contentType }: ApiRequest) {
  const type = contentType.split(';')[0].trim();
  if (type !== '' && type !== 'application/json') throw badRequest(`Unsupported Content-Type: ${type}`);
  return parseJson(raw);
}

function tooLarge({ raw, instance }: ApiRequest) {
  const said = `the upload size ${raw.byteLength} is over maximum of ${instance.settings.commitBodyBytes} bytes`;
  return { status: 413, body: `RequestBody: upload failed: ${said}: entity is too large` };
}

function throttle({ instance, caller }: ApiRequest): void {
  if (instance.largeCommits.admit(caller.user) === 'admitted') return;
  throw new Refused({ is: 'message', status: 429, message: { error: TOO_MANY } });
}

const COMMITS = '/projects/:id/repository/commits';

export const commitRoutes: readonly Route[] = [
  { method: 'GET', template: COMMITS, operation: 'listCommits', needs: reads('read_commit'), handle: list },
  { method: 'POST', template: COMMITS, operation: 'commit', needs: writes('create_commit'), handle: post },
  {
    method: 'GET',
    template: `${COMMITS}/:sha`,
    operation: 'commitById',
    needs: reads('read_commit'),
    handle: get,
  },
  {
    method: 'GET',
    template: `${COMMITS}/:sha/diff`,
    operation: 'commitDiff',
    needs: reads('read_commit_diff'),
    handle: diff,
  },
];
