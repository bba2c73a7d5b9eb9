import { HookNotFound, WebhookTestFailed } from '@app/gitlab';
import type { Hook, HookRequest } from '@app/gitlab';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import type { Project } from '../instance/model';
import { Refused } from '../instance/refusal';
import { hookBody } from './commit-body';
import { hookView } from './fake-views';
import type { InProcessCalls } from './in-process-calls';
import { reads, writes } from './needs';

/** Manages webhooks. */
export class FakeHooks {
  constructor(private readonly calls: InProcessCalls) {}

  create(projectId: number, request: HookRequest): Promise<Hook> {
    return this.withHooks('createHook', projectId, 'create_webhook', (instance, project) =>
      hookView(instance, instance.hooks.create(project, hookBody(request, instance))),
    );
  }

  update(projectId: number, hookId: number, request: HookRequest): Promise<Hook> {
    return this.withHooks('updateHook', projectId, 'update_webhook', (instance, project) =>
      hookView(instance, instance.hooks.update(project, hookId, hookBody(request, instance))),
    );
  }

  get(projectId: number, hookId: number): Promise<Hook> {
    return this.withHooks('hook', projectId, 'read_webhook', (instance, project) =>
      hookView(instance, instance.hooks.get(project, hookId)),
    );
  }

  list(projectId: number): Promise<Hook[]> {
    return this.withHooks('listHooks', projectId, 'read_webhook', (instance, project) =>
      [...project.hooks.values()].map((hook) => hookView(instance, hook)),
    );
  }

  async delete(projectId: number, hookId: number): Promise<void> {
    try {
      await this.withHooks('deleteHook', projectId, 'delete_webhook', (instance, project) =>
        instance.hooks.delete(project, hookId),
      );
    } catch (error) {
      if (!(error instanceof HookNotFound)) throw error;
    }
  }

  test(projectId: number, hookId: number): Promise<void> {
    return this.withHooks('testHook', projectId, 'test_webhook', async (instance, project) => {
      const hook = instance.hooks.get(project, hookId);
      try {
        await instance.deliveries.test(project, hook);
      } catch (error) {
        if (!(error instanceof Refused) || error.refusal.is !== 'message') throw error;
        throw new WebhookTestFailed(String(error.refusal.message));
      }
    });
  }

  private withHooks<T>(
    name: string,
    projectId: number,
    permission: string,
    effect: (instance: FakeGitLabInstance, project: Project) => T | Promise<T>,
  ): Promise<T> {
    const write = permission !== 'read_webhook';
    const needs = write ? writes(permission) : reads(permission);
    return this.calls.run({ name, projectId, hook: true, needs, write }, (instance, caller) =>
      effect(instance, instance.access.administered(caller, projectId)),
    );
  }
}
