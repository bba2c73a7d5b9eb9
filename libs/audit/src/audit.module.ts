import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { AuditLog } from './application/audit-log.port';
import { AuditTrail } from './application/audit-trail';
import { AuditApi } from './application/audit.api';
import { AuditEntryRow, TypeOrmAuditLog } from './infrastructure/typeorm-audit-log';

/** Records the acts of every module. */
@Module({})
export class AuditModule {
  /** `imports` export `Clock`, `Database` and `Transactions`. */
  static forRoot(imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: AuditModule,
      imports: [...imports, TypeOrmModule.forFeature([AuditEntryRow], GITLAB_SYNC)],
      providers: [AuditApi, AuditTrail, { provide: AuditLog, useClass: TypeOrmAuditLog }],
      exports: [AuditApi, AuditLog, AuditTrail],
    };
  }
}
