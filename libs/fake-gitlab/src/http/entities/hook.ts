import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import type { Hook } from '../../instance/model';

export function hookEntity(instance: FakeGitLabInstance, hook: Hook): object {
  const signing = instance.features.has('hook-signature');
  return {
    id: hook.id,
    url: hook.url,
    name: hook.name,
    description: hook.description,
    created_at: hook.createdAt.toISOString(),
    ...hook.events,
    push_events_branch_filter: hook.branchFilter,
    ...(instance.features.has('hook-filter-strategy') && {
      branch_filter_strategy: hook.branchFilterStrategy,
    }),
    enable_ssl_verification: hook.enableSslVerification,
    alert_status: instance.deliveries.alertStatus(hook),
    disabled_until: hook.disabledUntil?.toISOString() ?? null,
    custom_webhook_template: null,
    custom_headers: hook.customHeaders.map(({ key }) => ({ key })),
    url_variables: [],
    project_id: hook.projectId,
    repository_update_events: false,
    ...(signing && { token_present: Boolean(hook.token), signing_token_present: Boolean(hook.signingToken) }),
  };
}
