import { Logger, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database, GITLAB_SYNC } from '@app/database';
import { Clock, type Provided } from '@app/kernel';
import { FileInspector } from './application/file-inspector.port';
import { InspectionService } from './application/inspection.service';
import { Inspections } from './application/inspections.port';
import { FairQueue } from './application/fair-queue';
import { InspectionLimits } from './application/inspection-limits';
import { InspectionRow } from './infrastructure/inspection.rows';
import { PooledInspector } from './infrastructure/pooled-inspector';
import { TypeOrmInspections } from './infrastructure/typeorm-inspections';

@Module({})
export class InspectionModule {
  /** `imports` export `Database` and `Clock`. */
  static forRoot(limits: Provided<InspectionLimits>, imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: InspectionModule,
      imports: [...imports, TypeOrmModule.forFeature([InspectionRow], GITLAB_SYNC)],
      providers: [
        { ...limits, provide: InspectionLimits },
        {
          provide: FairQueue,
          useFactory: ({ threads }: InspectionLimits) => new FairQueue(threads),
          inject: [InspectionLimits],
        },
        {
          provide: FileInspector,
          useFactory: (given: InspectionLimits) => new PooledInspector(given, new Logger('inspection')),
          inject: [InspectionLimits],
        },
        {
          provide: Inspections,
          useFactory: (db: Database, clock: Clock) => new TypeOrmInspections(db, clock),
          inject: [Database, Clock],
        },
        {
          provide: InspectionService,
          useFactory: (...parts: ConstructorParameters<typeof InspectionService>) =>
            new InspectionService(...parts),
          inject: [FileInspector, Inspections, FairQueue, Clock, InspectionLimits],
        },
      ],
      exports: [InspectionService],
    };
  }
}
