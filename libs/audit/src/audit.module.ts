import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { Refusals } from '@app/http';
import { AuditLog } from './application/audit-log.port';
import { AuditTrail } from './application/audit-trail';
import { AuditController } from './http/audit.controller';
import { RecordRefusals } from './http/record-refusals';
import { AuditEntryRow, TypeOrmAuditLog } from './infrastructure/typeorm-audit-log';

/** Records the acts of every module. The host provides `Clock` and `Transactions`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryRow], GITLAB_SYNC)],
  controllers: [AuditController],
  providers: [
    AuditTrail,
    { provide: AuditLog, useClass: TypeOrmAuditLog },
    { provide: Refusals, useClass: RecordRefusals },
  ],
  exports: [AuditLog, AuditTrail, Refusals],
})
export class AuditModule {}
