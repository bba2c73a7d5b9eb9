import { InMemoryTables } from '@app/database/testing';
import { InMemoryInspections, InspectionRow, TypeOrmInspections } from '@app/inspection/testing';
import { ManualClock } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeInspectionsContract } from './inspections.contract';

describeInspectionsContract('in memory', async () => {
  const tables = new InMemoryTables();
  return { inspections: new InMemoryInspections(tables, 1), next: new InMemoryInspections(tables, 2) };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([InspectionRow]);
  }, 60_000);
  afterAll(() => database.close());

  describeInspectionsContract('TypeORM', async () => ({
    inspections: new TypeOrmInspections(database.db, new ManualClock(), 1),
    next: new TypeOrmInspections(database.db, new ManualClock(), 2),
  }));
});
