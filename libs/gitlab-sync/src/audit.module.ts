import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditLog, AuditTrail } from '@app/http';
import { AuditRotations } from './audit-rotations';
import { AuditController } from './http/audit.controller';
import { AuditEntryRow, TypeOrmAuditLog } from './infrastructure/typeorm-audit-log';

/** Watches every route of the host: a route is in the audit log by saying `@Audited`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryRow])],
  controllers: [AuditController],
  providers: [{ provide: AuditLog, useClass: TypeOrmAuditLog }, AuditTrail, AuditRotations],
  exports: [AuditTrail],
})
export class AuditModule {}
