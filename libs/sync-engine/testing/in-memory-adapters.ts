import type { ValueProvider } from '@nestjs/common';
import type { InMemoryTables } from '@app/database/testing';
import type { Clock } from '@app/kernel';
import { BacklogMetrics } from '../src/application/ports/backlog-metrics.port';
import { BaseEntries } from '../src/application/ports/base-entries.port';
import { CommitReports } from '../src/application/ports/commit-reports.port';
import { Findings } from '../src/application/ports/findings.port';
import { ProposedEntries } from '../src/application/ports/proposed-entries.port';
import { RunChanges } from '../src/application/ports/run-changes.port';
import { SingleRunner } from '../src/application/ports/single-runner.port';
import { SyncRuns } from '../src/application/ports/sync-runs.port';
import { SyncStates } from '../src/application/ports/sync-states.port';
import { WakeQueue } from '../src/application/ports/wake-queue.port';
import { InMemoryBacklogMetrics } from './in-memory-backlog-metrics';
import { InMemoryBaseEntries } from './in-memory-base-entries';
import { InMemoryCommitReports } from './in-memory-commit-reports';
import { InMemoryFindings } from './in-memory-findings';
import { InMemoryProposedEntries } from './in-memory-proposed-entries';
import { InMemoryRunChanges } from './in-memory-run-changes';
import { InMemorySingleRunner } from './in-memory-single-runner';
import { InMemorySyncRuns } from './in-memory-sync-runs';
import { InMemorySyncStates } from './in-memory-sync-states';

/** Returns the adapters of the engine's ports without a database. `clock`: the time of all leases. */
export const inMemoryAdapters = (
  tables: InMemoryTables,
  clock: Clock,
  wakeQueue: WakeQueue,
): ValueProvider[] => [
  { provide: SyncStates, useValue: new InMemorySyncStates(tables, clock) },
  { provide: BaseEntries, useValue: new InMemoryBaseEntries(tables) },
  { provide: ProposedEntries, useValue: new InMemoryProposedEntries(tables) },
  { provide: SyncRuns, useValue: new InMemorySyncRuns(tables) },
  { provide: RunChanges, useValue: new InMemoryRunChanges(tables) },
  { provide: Findings, useValue: new InMemoryFindings(tables) },
  { provide: CommitReports, useValue: new InMemoryCommitReports(tables) },
  { provide: BacklogMetrics, useValue: new InMemoryBacklogMetrics(tables) },
  { provide: SingleRunner, useValue: new InMemorySingleRunner() },
  { provide: WakeQueue, useValue: wakeQueue },
];
