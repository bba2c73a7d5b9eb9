import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { Clock, type Pruner } from '@app/kernel';
import { PruneByRounds } from './application/prune-by-rounds';
import { PruningRounds } from './application/pruning-rounds.port';
import { PruningRoundRow, TypeOrmPruningRounds } from './infrastructure/typeorm-pruning-rounds';
import { RetentionSchedule } from './jobs/schedule';

/** Builds the pruners of the modules that own the data. */
export type PrunersFactory = Required<Pick<FactoryProvider<readonly Pruner[]>, 'inject' | 'useFactory'>>;

@Module({})
export class RetentionModule {
  /** `imports` export `Clock`, `Database`, `Scheduler` and what the factory injects. */
  static forRoot(
    { inject, useFactory }: PrunersFactory,
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    return {
      module: RetentionModule,
      imports: [...imports, TypeOrmModule.forFeature([PruningRoundRow], GITLAB_SYNC)],
      providers: [
        RetentionSchedule,
        { provide: PruningRounds, useClass: TypeOrmPruningRounds },
        {
          provide: PruneByRounds,
          inject: [PruningRounds, Clock, ...inject],
          useFactory: async (rounds: PruningRounds, clock: Clock, ...parts: unknown[]) =>
            new PruneByRounds(rounds, await useFactory(...parts), clock),
        },
      ],
    };
  }
}
