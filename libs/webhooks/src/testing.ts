import type { CredentialsService } from '@app/credentials';
import type { InMemoryTables } from '@app/database/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import { VerifyDueHooks } from './application/hooks/verify-due-hooks';
import { CheckHook } from './application/hooks/check-hook';
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
import { RotateSecret } from './application/secrets/rotate-secret';
import type { SyncSignal } from './application/ports/sync-signal.port';
import { ViewWebhook } from './application/hooks/view-webhook';
import { DesiredHook } from './application/hooks/desired-hook';
import { WebhookUrls } from './application/hooks/webhook-urls';
import { WebhooksService } from './application/webhooks.service';
import { InMemoryDeliveries } from './infrastructure/in-memory-deliveries';
import { InMemoryWebhookEndpoints } from './infrastructure/in-memory-webhook-endpoints';

export { Deliveries, type NewDelivery } from './application/ports/deliveries.port';
export { SyncSignal } from './application/ports/sync-signal.port';
export { WebhookEndpoints } from './application/ports/webhook-endpoints.port';
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
  const secrets = new WebhookSecrets(credentials);
  const changes = new EndpointChanges(endpoints, transactions);
  const ensureEndpoint = new EnsureEndpoint(endpoints, changes, credentials, secrets, clock);
  const desiredHook = new DesiredHook(secrets, urls);
  const removeHook = new RemoveHook(credentials, changes);
  const registerHook = new RegisterHook(projects, ensureEndpoint, desiredHook, removeHook, changes, clock);
  const inspectHook = new InspectHook(projects, ensureEndpoint, desiredHook, deliveries);
  const checkHook = new CheckHook(endpoints, inspectHook, registerHook, removeHook, changes, clock);
  const viewWebhook = new ViewWebhook(projects, ensureEndpoint, secrets, urls, deliveries, clock);
  new HookProbe(endpoints, inspectHook, viewWebhook, credentials).onModuleInit();
  const pruning = new PruneDeliveries(deliveries, clock);
  const buffer = new DeliveryBuffer();
  const record = new LogDelivery(projects, sync, deliveries, pruning, transactions, buffer);
  new CleanupOnDisconnect(credentials, changes).onModuleInit();
  new VerifyHookOnConfigChange(events, checkHook).onModuleInit();
  return {
    service: new WebhooksService(
      viewWebhook,
      checkHook,
      new VerifyDueHooks(endpoints, checkHook, clock),
      new RewrapKeys(endpoints, changes, secrets),
    ),
    ingestDelivery: new IngestDelivery(endpoints, credentials, secrets, record, buffer, clock),
    rotateSecret: new RotateSecret(projects, ensureEndpoint, changes, secrets, registerHook, clock),
    ...{ registerHook, viewWebhook, deliveries, endpoints, pruning, buffer },
  };
}
