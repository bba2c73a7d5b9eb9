import type { CredentialsService } from '@app/credentials';
import type { InMemoryTables } from '@app/database/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import { CheckScope } from '../src/application/check-scope';
import { ConfigureProject } from '../src/application/configure-project';
import { CurrentTarget } from '../src/application/current-target';
import { CurrentWarnings } from '../src/application/current-warnings';
import { DraftTarget } from '../src/application/draft-target';
import { ListProjects } from '../src/application/list-projects';
import { ProjectConfigService } from '../src/application/project-config.service';
import { RemoveProject } from '../src/application/remove-project';
import { TargetChanges } from '../src/application/target-changes';
import { TargetProbe } from '../src/application/target-probe';
import { UpdateSettings } from '../src/application/update-settings';
import { InMemorySyncTargets } from './in-memory-sync-targets';

export { SyncTargets } from '../src/application/sync-targets.port';
export { InMemorySyncTargets } from './in-memory-sync-targets';
export { SyncTargetRow, TypeOrmSyncTargets } from '../src/infrastructure/typeorm-sync-targets';

export interface InMemoryProjectConfigParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly credentials: CredentialsService;
  readonly events: EventBus;
  readonly clock: Clock;
}

/** Builds the module without Nest and without a database. */
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
    new DraftTarget(credentials, targets, clock),
  );
}
