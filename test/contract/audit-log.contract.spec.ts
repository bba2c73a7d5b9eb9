import { AuditEntryRow, InMemoryAuditLog, TypeOrmAuditLog } from '@app/audit/testing';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeAuditLogContract } from './audit-log.contract';

describeAuditLogContract('InMemoryAuditLog', () => {
  const tables = new InMemoryTables();
  return { log: new InMemoryAuditLog(tables), transactions: new InMemoryTransactions(tables) };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([AuditEntryRow]);
  });
  afterAll(() => database.close());

  describeAuditLogContract('TypeOrmAuditLog', () => ({
    log: new TypeOrmAuditLog(database.db),
    transactions: database.transactions,
  }));
});
