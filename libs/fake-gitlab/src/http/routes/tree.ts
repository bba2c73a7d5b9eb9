import { kindOf } from '../../git/git-objects';
import type { Entry } from '../../git/git-objects';
import { shownAs } from '../../git/names';
import { notFound, Refused } from '../../instance/refusal';
import { keysetPage, offsetPage } from '../paging';
import { ok } from '../response';
import { codeOf, flag, reads } from '../route';
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

/** Lists the entries below the requested path, in git's order. A file has no entries below it. */
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

/**
 * Gitaly looks up the entry that the token names. It fails if the branch has moved and the entry no longer exists
 * (docs/gitlab-api.md#tree).
 */
function after(entries: readonly [string, Entry][], token: string): [string, Entry][] {
  const index = entries.findIndex(([path]) => encodeToken(path) === token);
  if (index < 0) throw new Refused({ is: 'message', status: 500, message: '500 Internal Server Error' });
  return entries.slice(index + 1);
}

function encodeToken(path: string): string {
  return Buffer.from(JSON.stringify({ file_name: path })).toString('base64');
}

function badParameter(error: string) {
  return new Refused({ is: 'bad-parameter', status: 400, error });
}

export const treeRoute: Route = {
  method: 'GET',
  template: '/projects/:id/repository/tree',
  operation: 'tree',
  needs: reads('read_repository_tree'),
  handle: tree,
};
