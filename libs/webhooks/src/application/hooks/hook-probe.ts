import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionProbe, CredentialsService, type Check, type Connection } from '@app/credentials';
import { RateLimited, WebhookNotPermitted } from '@app/gitlab';
import { DatabaseUnavailable, DomainError, type OrgId } from '@app/kernel';
import { hookCheck, unseenHookCheck } from '../../domain/hook-check';
import { InspectHook } from './inspect-hook';
import { ViewWebhook } from './view-webhook';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

const BY_A_PERSON = { priority: 'interactive' } as const;

/** Adds the webhook to the checks of a connection: its state on GitLab and its deliveries. Changes nothing. */
@Injectable()
export class HookProbe extends ConnectionProbe implements OnModuleInit {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly inspectHook: InspectHook,
    private readonly viewWebhook: ViewWebhook,
    private readonly credentials: CredentialsService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.credentials.addProbe(this);
  }

  async probe({ org }: Connection): Promise<readonly Check[]> {
    const seen = await this.viewWebhook.execute(org);
    if (!seen) return [];
    try {
      return [{ name: 'webhook', ...hookCheck(await this.inspect(org), seen) }];
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof DatabaseUnavailable) throw error;
      if (error instanceof RateLimited && error.by === 'dot') throw error;
      if (error instanceof WebhookNotPermitted) return [{ name: 'webhook', ...unseenHookCheck(seen) }];
      return [{ name: 'webhook', ok: false, detail: error.message }];
    }
  }

  private async inspect(org: OrgId) {
    const hook = (await this.endpoints.ofOrg(org))?.hook;
    if (hook) return this.inspectHook.execute(org, hook, BY_A_PERSON);
    const finding = await this.inspectHook.byHand(org, BY_A_PERSON);
    return finding === 'missing' ? 'unregistered' : finding;
  }
}
