import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContextPruner, SettledHistory } from '@app/context-store';
import { Database, GITLAB_SYNC } from '@app/database';
import { InspectionPruner } from '@app/inspection';
import { Clock } from '@app/kernel';
import { SyncPruner, TypeOrmSettledHistory } from '@app/sync-engine';
import { AuditPruner } from './infrastructure/audit-pruner';
import { PruningRoundRow, PruningRounds } from './infrastructure/pruning-rounds';
import { Pruning } from './jobs/pruning';
import { PruneByRounds } from './prune-by-rounds';
import { Retention } from './retention';

interface RetentionModuleSettings {
  readonly retention?: Partial<Retention>;
  /** True if the context files are in our own tables; a host's store prunes its own. */
  readonly ownStore: boolean;
  /** True if this process prunes. */
  readonly works: boolean;
}

@Module({})
export class RetentionModule {
  static forRoot({ retention, ownStore, works }: RetentionModuleSettings): DynamicModule {
    const { versionDays, runDays, auditDays } = new Retention(retention);
    const pruners = (db: Database, settled: SettledHistory, clock: Clock) => [
      ...(ownStore ? [new ContextPruner(db, settled, clock, versionDays)] : []),
      new SyncPruner(db, clock, runDays),
      new AuditPruner(db, clock, auditDays),
      new InspectionPruner(db, clock, ownStore),
    ];
    return {
      module: RetentionModule,
      imports: [TypeOrmModule.forFeature([PruningRoundRow], GITLAB_SYNC)],
      providers: [
        PruningRounds,
        { provide: SettledHistory, useClass: TypeOrmSettledHistory },
        {
          provide: PruneByRounds,
          useFactory: (rounds: PruningRounds, db: Database, settled: SettledHistory, clock: Clock) =>
            new PruneByRounds(rounds, pruners(db, settled, clock), clock),
          inject: [PruningRounds, Database, SettledHistory, Clock],
        },
        ...(works ? [Pruning] : []),
      ],
    };
  }
}
