import type { CredentialsService } from '@app/credentials';
import type { InMemoryTables } from '@app/database/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import { CheckScope } from './application/check-scope';
import { ConfigureProject } from './application/configure-project';
import { CurrentTarget } from './application/current-target';
import { CurrentWarnings } from './application/current-warnings';
import { ListProjects } from './application/list-projects';
import { ProjectConfigService } from './application/project-config.service';
import { RemoveProject } from './application/remove-project';
import { TargetChanges } from './application/target-changes';
import { TargetProbe } from './application/target-probe';
import { UpdateSettings } from './application/update-settings';
import { InMemorySyncTargets } from './infrastructure/in-memory-sync-targets';

export { SyncTargets } from './application/sync-targets.port';
export { InMemorySyncTargets } from './infrastructure/in-memory-sync-targets';
export { SyncTargetRow, TypeOrmSyncTargets } from './infrastructure/typeorm-sync-targets';

export interface InMemoryProjectConfigParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly credentials: CredentialsService;
  readonly events: EventBus;
  readonly clock: Clock;
}

/** The module without Nest and without a database. */
export function inMemoryProjectConfig(parts: InMemoryProjectConfigParts): ProjectConfigService {
  const { tables, transactions, credentials, events, clock } = parts;
  const targets = new InMemorySyncTargets(tables);
  const current = new CurrentTarget(targets, credentials);
  const changes = new TargetChanges(targets, transactions, events);
  const checkScope = new CheckScope(credentials);
  new TargetProbe(targets, credentials).onModuleInit();
  return new ProjectConfigService(
    current,
    new ListProjects(credentials),
    new ConfigureProject(credentials, targets, changes, checkScope, clock),
    new UpdateSettings(current, changes, checkScope),
    new RemoveProject(current, targets, transactions, events),
    new CurrentWarnings(),
  );
}
