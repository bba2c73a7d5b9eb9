import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import type { Provided } from '@app/kernel';
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
import { DeliveryLog } from './application/ingest/delivery-log';
import { PruneDeliveries } from './application/ingest/prune-deliveries';
import { IngestDelivery } from './application/ingest/ingest-delivery';
import { JudgeDeliveries } from './application/ingest/judge-deliveries';
import { LogDelivery } from './application/ingest/log-delivery';
import { RegisterHook } from './application/hooks/register-hook';
import { RemoveHook } from './application/hooks/remove-hook';
import { RewrapKeys } from './application/secrets/rewrap-keys';
import { ReadSecret } from './application/read-secret';
import { RotateSecret } from './application/secrets/rotate-secret';
import { ViewWebhook } from './application/hooks/view-webhook';
import { DesiredHook } from './application/hooks/desired-hook';
import { WebhookEndpoints } from './application/ports/webhook-endpoints.port';
import { WebhookUrls } from './application/hooks/webhook-urls';
import { WebhookApi } from './application/webhook.api';
import { WebhooksService } from './application/webhooks.service';
import { WebhooksSchedule } from './jobs/schedule';
import { TypeOrmDeliveries, WebhookDeliveryRow } from './infrastructure/typeorm-deliveries';
import { TypeOrmWebhookEndpoints, WebhookEndpointRow } from './infrastructure/typeorm-webhook-endpoints';

@Module({})
export class WebhooksModule {
  /**
   * `imports` export `AuditTrail`, `Clock`, `CredentialsService`, `Database`, `EventBus`, `ProjectConfigService`,
   * `Scheduler`, `SyncEngineService` and `Transactions`.
   */
  static forRoot(urls: Provided<WebhookUrls>, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [...imports, TypeOrmModule.forFeature([WebhookEndpointRow, WebhookDeliveryRow], GITLAB_SYNC)],
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
        DeliveryBuffer,
        DeliveryLog,
        PruneDeliveries,
        IngestDelivery,
        JudgeDeliveries,
        LogDelivery,
        RegisterHook,
        RemoveHook,
        RewrapKeys,
        ReadSecret,
        RotateSecret,
        ViewWebhook,
        DesiredHook,
        WebhookApi,
        WebhooksSchedule,
        WebhooksService,
        { ...urls, provide: WebhookUrls },
        { provide: Deliveries, useClass: TypeOrmDeliveries },
        { provide: WebhookEndpoints, useClass: TypeOrmWebhookEndpoints },
      ],
      exports: [WebhookApi, WebhooksService],
    };
  }
}
