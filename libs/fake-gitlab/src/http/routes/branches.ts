import { branchNameFault } from '../../instance/branches';
import { notFound, Refused } from '../../instance/refusal';
import { created, noContent, ok } from '../response';
import { branchEntity, protectedBranchEntity } from '../entities/branch';
import { keysetPage, offsetPage } from '../paging';
import { bodyOf, codeOf, reads, writes } from '../route';
import type { ApiRequest, Handler, Route } from '../route';

const list: Handler = (request) => {
  const { instance, caller, query } = request;
  const project = codeOf(request);
  const names = [...project.repository.branches.keys()].sort().filter(searchOf(query));
  const view = (name: string) => branchEntity(instance, caller, project, name);
  if (query.get('pagination') !== 'keyset') return offsetPage(request, names, view);
  const after = query.get('page_token') ?? '';
  return keysetPage(
    request,
    names.filter((name) => name > after),
    (name) => ({ page_token: name }),
    view,
  );
};

/** Supports `^a` and `a$`, which anchor the search (docs/gitlab-api.md#branches). */
function searchOf(query: URLSearchParams): (name: string) => boolean {
  const regex = query.get('regex');
  if (regex) return (name) => pattern(regex).test(name);
  const search = query.get('search') ?? '';
  if (search.startsWith('^')) return (name) => name.startsWith(search.slice(1));
  if (search.endsWith('$')) return (name) => name.endsWith(search.slice(0, -1));
  return (name) => name.toLowerCase().includes(search.toLowerCase());
}

function pattern(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw new Refused({ is: 'message', status: 400, message: 'Regex is invalid' });
  }
}

function named(request: ApiRequest) {
  const project = codeOf(request);
  const name = request.params.branch;
  if (branchNameFault(name))
    throw new Refused({ is: 'message', status: 400, message: 'The branch refname is invalid' });
  if (!project.repository.branches.has(name)) throw notFound('Branch');
  return { project, name };
}

const get: Handler = (request) => {
  const { project, name } = named(request);
  return ok(branchEntity(request.instance, request.caller, project, name));
};

const head: Handler = (request) => {
  named(request);
  return noContent;
};

const post: Handler = (request) => {
  const { instance, caller, query } = request;
  const project = codeOf(request);
  const body = bodyOf(request);
  const [branch, ref] = ['branch', 'ref'].map((key) => {
    const value = body[key] ?? query.get(key);
    if (typeof value !== 'string')
      throw new Refused({ is: 'bad-parameter', status: 400, error: `${key} is missing` });
    return value;
  });
  instance.branches.create(caller, project, branch, ref);
  return created(branchEntity(instance, caller, project, branch));
};

const remove: Handler = (request) => {
  request.instance.branches.delete(request.caller, codeOf(request), request.params.branch);
  return noContent;
};

const listProtected: Handler = (request) => {
  const { instance, caller, params } = request;
  return offsetPage(
    request,
    instance.access.administered(caller, params.id).protections,
    protectedBranchEntity,
  );
};

const BRANCHES = '/projects/:id/repository/branches';
const BRANCH = `${BRANCHES}/:branch`;
const PROTECTED = '/projects/:id/protected_branches';

export const branchRoutes: readonly Route[] = [
  { method: 'GET', template: BRANCHES, operation: 'listBranches', needs: reads('read_branch'), handle: list },
  {
    method: 'POST',
    template: BRANCHES,
    operation: 'createBranch',
    needs: writes('create_branch'),
    handle: post,
  },
  { method: 'HEAD', template: BRANCH, operation: 'branch', needs: reads('read_branch'), handle: head },
  { method: 'GET', template: BRANCH, operation: 'branch', needs: reads('read_branch'), handle: get },
  {
    method: 'DELETE',
    template: BRANCH,
    operation: 'deleteBranch',
    needs: writes('delete_branch'),
    handle: remove,
  },
  {
    method: 'GET',
    template: PROTECTED,
    operation: 'protectionsOf',
    needs: reads('read_protected_branch'),
    handle: listProtected,
  },
];
