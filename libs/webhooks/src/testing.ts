import type { CredentialsService } from '@app/credentials';
import type { InMemoryTables } from '@app/database/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import { CheckDueHooks } from './application/check-due-hooks';
import { CheckHook } from './application/check-hook';
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
import type { SyncSignal } from './application/sync-signal.port';
import { ViewWebhook } from './application/view-webhook';
import { WantedHook } from './application/wanted-hook';
import { WebhookUrls } from './application/webhook-urls';
import { WebhooksService } from './application/webhooks.service';
import { InMemoryDeliveries } from './infrastructure/in-memory-deliveries';
import { InMemoryWebhookEndpoints } from './infrastructure/in-memory-webhook-endpoints';

export { Deliveries, type NewDelivery } from './application/deliveries.port';
export { SyncSignal } from './application/sync-signal.port';
export { WebhookEndpoints } from './application/webhook-endpoints.port';
export { WebhookEndpoint, type RegisteredHook } from './domain/webhook-endpoint';
export type { Delivery } from './domain/delivery';
export { FakeSyncSignal } from './infrastructure/fake-sync-signal';
export { InMemoryDeliveries } from './infrastructure/in-memory-deliveries';
export { InMemoryWebhookEndpoints } from './infrastructure/in-memory-webhook-endpoints';
export { TypeOrmDeliveries, WebhookDeliveryRow } from './infrastructure/typeorm-deliveries';
export { TypeOrmWebhookEndpoints, WebhookEndpointRow } from './infrastructure/typeorm-webhook-endpoints';

export interface InMemoryWebhooksParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly credentials: CredentialsService;
  readonly projects: ProjectConfigService;
  readonly sync: SyncSignal;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** The module without Nest and without a database. */
export function inMemoryWebhooks(parts: InMemoryWebhooksParts) {
  const { tables, transactions, credentials, projects, sync, events, clock } = parts;
  const endpoints = new InMemoryWebhookEndpoints(tables);
  const deliveries = new InMemoryDeliveries(tables);
  const urls = new WebhookUrls(parts.publicUrl);
  const keySeal = new KeySeal(credentials);
  const changes = new EndpointChanges(endpoints, transactions);
  const ensureEndpoint = new EnsureEndpoint(endpoints, changes, credentials, keySeal, clock);
  const wantedHook = new WantedHook(keySeal, urls);
  const removeHook = new RemoveHook(credentials, changes);
  const registerHook = new RegisterHook(projects, ensureEndpoint, wantedHook, removeHook, changes, clock);
  const inspectHook = new InspectHook(projects, ensureEndpoint, wantedHook, deliveries);
  const checkHook = new CheckHook(endpoints, inspectHook, registerHook, removeHook, changes, clock);
  const viewWebhook = new ViewWebhook(projects, ensureEndpoint, keySeal, urls, deliveries, clock);
  new HookProbe(endpoints, inspectHook, viewWebhook, credentials).onModuleInit();
  const pruning = new PruneDeliveries(deliveries, clock);
  const postponed = new PostponedDeliveries();
  const record = new RecordDelivery(projects, sync, deliveries, pruning, transactions, postponed);
  new EndWithConnection(credentials, changes).onModuleInit();
  new LookAfterHookOnChanges(events, checkHook).onModuleInit();
  return {
    service: new WebhooksService(
      viewWebhook,
      checkHook,
      new CheckDueHooks(endpoints, checkHook, clock),
      new RewrapKeys(endpoints, changes, keySeal),
    ),
    receiveDelivery: new ReceiveDelivery(endpoints, credentials, keySeal, record, postponed, clock),
    rotateSecret: new RotateSecret(projects, ensureEndpoint, changes, keySeal, registerHook, clock),
    ...{ registerHook, viewWebhook, deliveries, endpoints, pruning, postponed },
  };
}
