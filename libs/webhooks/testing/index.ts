import type { CredentialsService } from '@app/credentials';
import type { InMemoryTables } from '@app/database/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import type { SyncEngineService } from '@app/sync-engine';
import { VerifyDueHooks } from '../src/application/hooks/verify-due-hooks';
import { CheckHook } from '../src/application/hooks/check-hook';
import { CleanupOnDisconnect } from '../src/application/hooks/cleanup-on-disconnect';
import { EndpointChanges } from '../src/application/hooks/endpoint-changes';
import { EnsureEndpoint } from '../src/application/hooks/ensure-endpoint';
import { HookProbe } from '../src/application/hooks/hook-probe';
import { InspectHook } from '../src/application/hooks/inspect-hook';
import { WebhookSecrets } from '../src/application/secrets/webhook-secrets';
import { VerifyHookOnConfigChange } from '../src/application/hooks/verify-hook-on-config-change';
import { DeliveryBuffer } from '../src/application/ingest/delivery-buffer';
import { PruneDeliveries } from '../src/application/ingest/prune-deliveries';
import { DeliveryLog } from '../src/application/ingest/delivery-log';
import { IngestDelivery } from '../src/application/ingest/ingest-delivery';
import { JudgeDeliveries } from '../src/application/ingest/judge-deliveries';
import { LogDelivery } from '../src/application/ingest/log-delivery';
import { RegisterHook } from '../src/application/hooks/register-hook';
import { RemoveHook } from '../src/application/hooks/remove-hook';
import { RewrapKeys } from '../src/application/secrets/rewrap-keys';
import { ReadSecret } from '../src/application/read-secret';
import { RotateSecret } from '../src/application/secrets/rotate-secret';
import { ViewWebhook } from '../src/application/hooks/view-webhook';
import { DesiredHook } from '../src/application/hooks/desired-hook';
import { WebhookUrls } from '../src/application/hooks/webhook-urls';
import { WebhooksService } from '../src/application/webhooks.service';
import { InMemoryDeliveries } from './in-memory-deliveries';
import { InMemoryWebhookEndpoints } from './in-memory-webhook-endpoints';

export { Deliveries, type NewDelivery } from '../src/application/ports/deliveries.port';
export { WebhookEndpoints } from '../src/application/ports/webhook-endpoints.port';
export { WebhookEndpoint, type RegisteredHook } from '../src/domain/webhook-endpoint';
export type { Delivery } from '../src/domain/delivery';
export { InMemoryDeliveries } from './in-memory-deliveries';
export { InMemoryWebhookEndpoints } from './in-memory-webhook-endpoints';
export { TypeOrmDeliveries, WebhookDeliveryRow } from '../src/infrastructure/typeorm-deliveries';
export { TypeOrmWebhookEndpoints, WebhookEndpointRow } from '../src/infrastructure/typeorm-webhook-endpoints';

export interface InMemoryWebhooksParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly credentials: CredentialsService;
  readonly projects: ProjectConfigService;
  readonly sync: SyncEngineService;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Wires the module without Nest and without a database. */
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
  const log = new DeliveryLog(deliveries, pruning, transactions);
  const judge = new JudgeDeliveries(projects, sync, log);
  const record = new LogDelivery(judge, sync, log, transactions, buffer);
  new CleanupOnDisconnect(credentials, changes).onModuleInit();
  new VerifyHookOnConfigChange(events, checkHook).onModuleInit();
  return {
    service: new WebhooksService(viewWebhook, new RewrapKeys(endpoints, changes, secrets)),
    verifyDueHooks: new VerifyDueHooks(endpoints, checkHook, clock),
    ingestDelivery: new IngestDelivery(endpoints, credentials, secrets, record, buffer, clock),
    readSecret: new ReadSecret(projects, ensureEndpoint, secrets),
    rotateSecret: new RotateSecret(projects, ensureEndpoint, changes, secrets, registerHook, clock),
    ...{ registerHook, checkHook, viewWebhook, deliveries, endpoints, pruning, buffer },
  };
}
