import { InMemoryTables } from '@app/database/testing';
import { InMemoryInspections, InspectionRow, TypeOrmInspections } from '@app/inspection/testing';
import { ManualClock } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeInspectionsContract } from './inspections.contract';

describeInspectionsContract('in memory', async () => {
  const [tables, clock] = [new InMemoryTables(), new ManualClock()];
  return {
    clock,
    inspections: new InMemoryInspections(tables, clock, 1),
    next: new InMemoryInspections(tables, clock, 2),
  };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([InspectionRow]);
  });
  afterAll(() => database.close());

  describeInspectionsContract('TypeORM', async () => {
    const clock = new ManualClock();
    return {
      clock,
      inspections: new TypeOrmInspections(database.db, clock, 1),
      next: new TypeOrmInspections(database.db, clock, 2),
    };
  });
});
