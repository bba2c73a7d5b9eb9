import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { WebhookKeys } from '../domain/webhook-keys';
import { EnsureEndpoint } from './hooks/ensure-endpoint';
import { WebhookSecrets } from './secrets/webhook-secrets';

/** Reveals the secrets of the org's webhook to an admin who sets it up by hand. */
@Injectable()
export class ReadSecret {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** @throws NotConnected, NotConfigured, VaultKeyUnknown, SecretUnreadable */
  async execute(org: OrgId, act: Act): Promise<WebhookKeys> {
    await this.projects.requireTarget(org);
    const { keys } = await this.ensureEndpoint.execute(org);
    const opened = this.secrets.open(org, keys);
    await act.record();
    return opened;
  }
}
