import type { Hook, Project } from '../../instance/model';
import type { DeliveryRecord } from '../../instance/deliveries';
import { notFound } from '../../instance/refusal';
import { created, noContent, ok } from '../response';
import { hookEntity } from '../entities/hook';
import { offsetPage } from '../paging';
import { bodyOf, isRead, reads, writes } from '../route';
import type { ApiRequest, Handler, Route } from '../route';

function projectOf({ instance, caller, params, method }: ApiRequest): Project {
  return instance.access.administered(caller, params.id, isRead(method) ? 'read' : 'write');
}

function named(request: ApiRequest): { project: Project; hook: Hook } {
  const project = projectOf(request);
  return { project, hook: request.instance.hooks.get(project, Number(request.params.hook_id)) };
}

const list: Handler = (request) =>
  offsetPage(request, [...projectOf(request).hooks.values()], (hook) => hookEntity(request.instance, hook));

const get: Handler = (request) => ok(hookEntity(request.instance, named(request).hook));

const post: Handler = (request) => {
  const hook = request.instance.hooks.create(projectOf(request), bodyOf(request));
  return created(hookEntity(request.instance, hook));
};

const put: Handler = (request) => {
  const { project, hook } = named(request);
  return ok(hookEntity(request.instance, request.instance.hooks.update(project, hook.id, bodyOf(request))));
};

const remove: Handler = (request) => {
  const { project, hook } = named(request);
  request.instance.hooks.delete(project, hook.id);
  return noContent;
};

const test: Handler = async (request) => {
  const { project, hook } = named(request);
  await request.instance.deliveries.test(project, hook);
  return created({ message: '201 Created' });
};

const events: Handler = (request) =>
  offsetPage(request, request.instance.deliveries.of(named(request).hook), eventEntity);

function eventEntity({ id, delivery, answer }: DeliveryRecord): object {
  const { 'X-Gitlab-Token': token, ...headers } = delivery.headers;
  return {
    id,
    url: delivery.url,
    trigger: headers['X-Gitlab-Event'] === 'Push Hook' ? 'push_hooks' : 'merge_request_hooks',
    request_headers: token === undefined ? headers : { ...headers, 'X-Gitlab-Token': '[REDACTED]' },
    request_data: JSON.parse(delivery.body),
    response_headers: answer.headers,
    response_body: answer.body,
    response_status: answer.status === null ? 'internal error' : String(answer.status),
    execution_duration: answer.seconds,
  };
}

const resend: Handler = async (request) => {
  const { instance, params } = request;
  const { hook } = named(request);
  const record = instance.deliveries.of(hook).find(({ id }) => id === Number(params.event_id));
  if (!record) throw notFound();
  const { status } = await instance.deliveries.send(record.delivery);
  return created({ response_status: status === null ? 'internal error' : String(status) });
};

const HOOKS = '/projects/:id/hooks';
const HOOK = `${HOOKS}/:hook_id`;
const EVENTS = `${HOOK}/events`;

export const hookRoutes: readonly Route[] = [
  { method: 'GET', template: HOOKS, operation: 'listHooks', needs: reads('read_webhook'), handle: list },
  { method: 'POST', template: HOOKS, operation: 'createHook', needs: writes('create_webhook'), handle: post },
  { method: 'GET', template: HOOK, operation: 'hook', needs: reads('read_webhook'), handle: get },
  { method: 'PUT', template: HOOK, operation: 'updateHook', needs: writes('update_webhook'), handle: put },
  {
    method: 'DELETE',
    template: HOOK,
    operation: 'deleteHook',
    needs: writes('delete_webhook'),
    handle: remove,
  },
  {
    method: 'POST',
    template: `${HOOK}/test/push_events`,
    operation: 'testHook',
    needs: writes('test_webhook'),
    handle: test,
  },
  { method: 'GET', template: EVENTS, operation: 'hookEvents', needs: reads('read_webhook'), handle: events },
  {
    method: 'POST',
    template: `${EVENTS}/:event_id/resend`,
    operation: 'resendHookEvent',
    needs: writes('test_webhook'),
    handle: resend,
  },
];
