import { DomainError } from '@app/kernel';

export class WebhookNotPermitted extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'webhook_not_permitted';
  constructor(detail = 'Registering a webhook needs the Maintainer role in the project.') {
    super(detail);
  }
}

export class WebhookUrlRefused extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'webhook_url_refused';
  constructor(said: string) {
    super(
      `GitLab refused the webhook URL: ${said}. Make sure PUBLIC_URL is an address GitLab can reach; on self-hosted GitLab an ` +
        'administrator can allow local addresses in Admin → Settings → Network → Outbound requests.',
    );
  }
}

export class WebhookTestFailed extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'webhook_test_failed';
  constructor(said: string) {
    super(
      `GitLab could not deliver a test event: ${said}. Check that GitLab can reach PUBLIC_URL, then register again.`,
    );
  }
}

export class HookNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'hook_not_found';
  constructor() {
    super('The webhook no longer exists on GitLab. Register it again.');
  }
}
