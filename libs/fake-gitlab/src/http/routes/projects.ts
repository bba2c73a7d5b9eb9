import type { Project } from '../../instance/model';
import { fullPath, levelOf } from '../../instance/model';
import { createProject } from '../../instance/new-project';
import { Refused } from '../../instance/refusal';
import { accepted, created, ok } from '../response';
import { projectEntity } from '../entities/project';
import { keysetPage, offsetPage } from '../paging';
import { bodyOf, flag, reads, writes } from '../route';
import type { ApiRequest, Handler, Route } from '../route';

const ORDERS = ['id', 'name', 'path', 'created_at', 'updated_at', 'last_activity_at', 'similarity'] as const;
const OWNER = 50;
type Order = (typeof ORDERS)[number];

const KEYS: Record<Order, (project: Project) => number | string> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  path: ({ path }) => path,
  created_at: ({ createdAt, id }) => createdAt.getTime() + id / 1e6,
  updated_at: ({ lastActivityAt }) => lastActivityAt.getTime(),
  last_activity_at: ({ lastActivityAt }) => lastActivityAt.getTime(),
  similarity: ({ id }) => id,
};

const list: Handler = (request) => {
  const { instance, caller, query } = request;
  const order = ORDERS.find((known) => known === query.get('order_by')) ?? 'created_at';
  const sign = query.get('sort') === 'asc' ? 1 : -1;
  const projects = instance.projects.all.filter((project) => wanted(request, project));
  projects.sort((a, b) => sign * (KEYS[order](a) < KEYS[order](b) ? -1 : 1));
  const view = (project: Project) => projectEntity(instance, caller, project);
  if (query.get('pagination') !== 'keyset') return offsetPage(request, projects, view);
  if (order !== 'id')
    throw new Refused({
      is: 'message',
      status: 405,
      message: `Keyset pagination is not yet available for ${order}`,
    });
  return keysetPage(request, projects, ({ id }) => ({ [sign > 0 ? 'id_after' : 'id_before']: id }), view);
};

function wanted({ caller, query }: ApiRequest, project: Project): boolean {
  const level = levelOf(project, caller.user);
  if (project.visibility === 'private' && level === 0) return false;
  if (project.markedForDeletionOn && !flag(query, 'include_pending_delete')) return false;
  if (flag(query, 'membership') && level === 0) return false;
  if (flag(query, 'owned') && level < 50) return false;
  if (level < Number(query.get('min_access_level') ?? 0)) return false;
  if (query.has('archived') && flag(query, 'archived') !== project.archived) return false;
  if (query.has('visibility') && query.get('visibility') !== project.visibility) return false;
  if (project.id <= Number(query.get('id_after') ?? 0)) return false;
  if (project.id >= Number(query.get('id_before') ?? Infinity)) return false;
  const searched = flag(query, 'search_namespaces') ? fullPath(project) : project.path;
  const search = (query.get('search') ?? '').toLowerCase();
  return `${project.name}\n${searched}`.toLowerCase().includes(search);
}

const get: Handler = ({ instance, caller, params }) =>
  ok(projectEntity(instance, caller, instance.access.project(caller, params.id)));

const post: Handler = (request) => {
  const { instance, caller } = request;
  const body = bodyOf(request);
  const text = (key: string) => (typeof body[key] === 'string' ? body[key] : undefined);
  if (!text('name') && !text('path'))
    throw new Refused({
      is: 'bad-parameter',
      status: 400,
      error: 'name, path are missing, at least one parameter must be provided',
    });
  const project = createProject(instance, caller, {
    name: text('name'),
    path: text('path'),
    namespaceId: body.namespace_id === undefined ? undefined : Number(body.namespace_id),
    visibility: text('visibility') as Project['visibility'] | undefined,
    description: text('description'),
    defaultBranch: text('default_branch'),
    initializeWithReadme: body.initialize_with_readme === true,
  });
  return created(projectEntity(instance, caller, project));
};

const remove: Handler = ({ instance, caller, params }) => {
  const project = instance.access.project(caller, params.id, 'write');
  if (levelOf(project, caller.user) < OWNER) throw new Refused({ is: 'forbidden' });
  instance.markForDeletion(project);
  return accepted;
};

export const projectRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/projects',
    operation: 'listProjects',
    needs: reads('read_project'),
    handle: list,
  },
  {
    method: 'POST',
    template: '/projects',
    operation: 'createProject',
    needs: writes('create_project'),
    handle: post,
  },
  {
    method: 'GET',
    template: '/projects/:id',
    operation: 'project',
    needs: reads('read_project'),
    handle: get,
  },
  {
    method: 'DELETE',
    template: '/projects/:id',
    operation: 'deleteProject',
    needs: writes('delete_project'),
    handle: remove,
  },
];
