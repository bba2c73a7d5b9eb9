import { AuditEntryRow, InMemoryAuditLog, TypeOrmAuditLog } from '@app/gitlab-sync/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeAuditLogContract } from './audit-log.contract';

describeAuditLogContract('InMemoryAuditLog', () => new InMemoryAuditLog());

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([AuditEntryRow]);
  }, 60_000);
  afterAll(() => database.close());

  describeAuditLogContract('TypeOrmAuditLog', () => new TypeOrmAuditLog(database.db));
});
