import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CheckDueHooks } from './application/check-due-hooks';
import { CheckHook } from './application/check-hook';
import { Deliveries } from './application/deliveries.port';
import { EndWithConnection } from './application/end-with-connection';
import { EndpointChanges } from './application/endpoint-changes';
import { EnsureEndpoint } from './application/ensure-endpoint';
import { HookProbe } from './application/hook-probe';
import { InspectHook } from './application/inspect-hook';
import { KeySeal } from './application/key-seal';
import { LookAfterHookOnChanges } from './application/look-after-hook-on-changes';
import { PostponedDeliveries } from './application/postponed-deliveries';
import { PruneDeliveries } from './application/prune-deliveries';
import { ReceiveDelivery } from './application/receive-delivery';
import { RecordDelivery } from './application/record-delivery';
import { RegisterHook } from './application/register-hook';
import { RemoveHook } from './application/remove-hook';
import { RewrapKeys } from './application/rewrap-keys';
import { RotateSecret } from './application/rotate-secret';
import { SyncSignal } from './application/sync-signal.port';
import { ViewWebhook } from './application/view-webhook';
import { WantedHook } from './application/wanted-hook';
import { WebhookEndpoints } from './application/webhook-endpoints.port';
import { WebhookUrls } from './application/webhook-urls';
import { WebhooksService } from './application/webhooks.service';
import { GitLabWebhookController } from './http/gitlab-webhook.controller';
import { WebhookController } from './http/webhook.controller';
import { SyncEngineSignal } from './infrastructure/sync-engine-signal';
import { HookWatch } from './jobs/hook-watch';
import { LogPruning } from './jobs/log-pruning';
import { TakingPostponed } from './jobs/taking-postponed';
import { TypeOrmDeliveries, WebhookDeliveryRow } from './infrastructure/typeorm-deliveries';
import { TypeOrmWebhookEndpoints, WebhookEndpointRow } from './infrastructure/typeorm-webhook-endpoints';

export interface WebhooksSettings {
  /** Where GitLab reaches this service. */
  readonly publicUrl: string;
  /** Whether this process looks after the hooks on GitLab; true where absent. */
  readonly watches?: boolean;
}

@Module({})
export class WebhooksModule {
  static forRoot({ publicUrl, watches = true }: WebhooksSettings): DynamicModule {
    return {
      module: WebhooksModule,
      global: true,
      imports: [TypeOrmModule.forFeature([WebhookEndpointRow, WebhookDeliveryRow])],
      controllers: [GitLabWebhookController, WebhookController],
      providers: [
        CheckDueHooks,
        CheckHook,
        EndWithConnection,
        EndpointChanges,
        EnsureEndpoint,
        HookProbe,
        InspectHook,
        KeySeal,
        LookAfterHookOnChanges,
        LogPruning,
        PostponedDeliveries,
        PruneDeliveries,
        ReceiveDelivery,
        RecordDelivery,
        RegisterHook,
        RemoveHook,
        RewrapKeys,
        RotateSecret,
        TakingPostponed,
        ViewWebhook,
        WantedHook,
        WebhooksService,
        ...(watches ? [HookWatch] : []),
        { provide: WebhookUrls, useValue: new WebhookUrls(publicUrl) },
        { provide: SyncSignal, useClass: SyncEngineSignal },
        { provide: Deliveries, useClass: TypeOrmDeliveries },
        { provide: WebhookEndpoints, useClass: TypeOrmWebhookEndpoints },
      ],
      exports: [WebhooksService],
    };
  }
}
