import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { VerifyDueHooks } from './application/hooks/verify-due-hooks';
import { CheckHook } from './application/hooks/check-hook';
import { Deliveries } from './application/ports/deliveries.port';
import { CleanupOnDisconnect } from './application/hooks/cleanup-on-disconnect';
import { EndpointChanges } from './application/hooks/endpoint-changes';
import { EnsureEndpoint } from './application/hooks/ensure-endpoint';
import { HookProbe } from './application/hooks/hook-probe';
import { InspectHook } from './application/hooks/inspect-hook';
import { WebhookSecrets } from './application/secrets/webhook-secrets';
import { VerifyHookOnConfigChange } from './application/hooks/verify-hook-on-config-change';
import { DeliveryBuffer } from './application/ingest/delivery-buffer';
import { PruneDeliveries } from './application/ingest/prune-deliveries';
import { IngestDelivery } from './application/ingest/ingest-delivery';
import { LogDelivery } from './application/ingest/log-delivery';
import { RegisterHook } from './application/hooks/register-hook';
import { RemoveHook } from './application/hooks/remove-hook';
import { RewrapKeys } from './application/secrets/rewrap-keys';
import { ReadSecret } from './application/read-secret';
import { RotateSecret } from './application/secrets/rotate-secret';
import { SyncSignal } from './application/ports/sync-signal.port';
import { ViewWebhook } from './application/hooks/view-webhook';
import { DesiredHook } from './application/hooks/desired-hook';
import { WebhookEndpoints } from './application/ports/webhook-endpoints.port';
import { WebhookUrls } from './application/hooks/webhook-urls';
import { WebhooksService } from './application/webhooks.service';
import { GitLabWebhookController } from './http/gitlab-webhook.controller';
import { WebhookController } from './http/webhook.controller';
import { SyncEngineSignal } from './infrastructure/sync-engine-signal';
import { VerifyHooksJob } from './jobs/verify-hooks.job';
import { PruneDeliveriesJob } from './jobs/prune-deliveries.job';
import { FlushDeliveryBufferJob } from './jobs/flush-delivery-buffer.job';
import { TypeOrmDeliveries, WebhookDeliveryRow } from './infrastructure/typeorm-deliveries';
import { TypeOrmWebhookEndpoints, WebhookEndpointRow } from './infrastructure/typeorm-webhook-endpoints';

export interface WebhooksSettings {
  /** Public URL of this service, which GitLab delivers to. */
  readonly publicUrl: string;
  /** Enables the scheduled check of the hooks in this process; true if absent. */
  readonly watches?: boolean;
}

@Module({})
export class WebhooksModule {
  static forRoot({ publicUrl, watches = true }: WebhooksSettings): DynamicModule {
    return {
      module: WebhooksModule,
      global: true,
      imports: [TypeOrmModule.forFeature([WebhookEndpointRow, WebhookDeliveryRow], GITLAB_SYNC)],
      controllers: [GitLabWebhookController, WebhookController],
      providers: [
        VerifyDueHooks,
        CheckHook,
        CleanupOnDisconnect,
        EndpointChanges,
        EnsureEndpoint,
        HookProbe,
        InspectHook,
        WebhookSecrets,
        VerifyHookOnConfigChange,
        PruneDeliveriesJob,
        DeliveryBuffer,
        PruneDeliveries,
        IngestDelivery,
        LogDelivery,
        RegisterHook,
        RemoveHook,
        RewrapKeys,
        ReadSecret,
        RotateSecret,
        FlushDeliveryBufferJob,
        ViewWebhook,
        DesiredHook,
        WebhooksService,
        ...(watches ? [VerifyHooksJob] : []),
        { provide: WebhookUrls, useValue: new WebhookUrls(publicUrl) },
        { provide: SyncSignal, useClass: SyncEngineSignal },
        { provide: Deliveries, useClass: TypeOrmDeliveries },
        { provide: WebhookEndpoints, useClass: TypeOrmWebhookEndpoints },
      ],
      exports: [WebhooksService],
    };
  }
}
