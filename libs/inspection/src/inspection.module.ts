import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database, GITLAB_SYNC } from '@app/database';
import { Clock } from '@app/kernel';
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
  /** The host provides `Database` and `Clock`. */
  static forRoot(limits?: Partial<InspectionLimits>): DynamicModule {
    const settings = new InspectionLimits(limits);
    return {
      module: InspectionModule,
      global: true,
      imports: [TypeOrmModule.forFeature([InspectionRow], GITLAB_SYNC)],
      providers: [
        { provide: InspectionLimits, useValue: settings },
        { provide: FairQueue, useValue: new FairQueue(settings.threads) },
        { provide: FileInspector, useClass: PooledInspector },
        {
          provide: Inspections,
          useFactory: (db: Database, clock: Clock) => new TypeOrmInspections(db, clock),
          inject: [Database, Clock],
        },
        InspectionService,
      ],
      exports: [InspectionService],
    };
  }
}
