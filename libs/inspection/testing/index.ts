import { InMemoryTables } from '@app/database/testing';
import { SystemClock, type Clock } from '@app/kernel';
import { InspectionLimits } from '../src/application/inspection-limits';
import { InspectionService } from '../src/application/inspection.service';
import { type Inspections } from '../src/application/inspections.port';
import { FairQueue } from '../src/application/fair-queue';
import { InMemoryInspections } from './in-memory-inspections';
import { InProcessInspector } from './in-process-inspector';

export { FileInspector } from '../src/application/file-inspector.port';
export type { Outcome, Text } from '../src/application/file-inspector.port';
export { Inspections } from '../src/application/inspections.port';
export { FairQueue } from '../src/application/fair-queue';
export { InMemoryInspections } from './in-memory-inspections';
export { InProcessInspector } from './in-process-inspector';
export { InspectionLimits } from '../src/application/inspection-limits';
export { InspectionRow } from '../src/infrastructure/inspection.rows';
export { PooledInspector, type InspectionLog } from '../src/infrastructure/pooled-inspector';
export { TypeOrmInspections } from '../src/infrastructure/typeorm-inspections';
export { problemWithText } from '../src/rules/content-check';
export { checkOf } from '../src/rules/file-check';

/**
 * Builds the module without Nest, workers and a database. It has its own tables, so that its results join no
 * transaction of others.
 */
export function inMemoryInspection(
  clock: Clock = new SystemClock(),
  inspections: Inspections = new InMemoryInspections(new InMemoryTables(), clock),
): InspectionService {
  return new InspectionService(
    new InProcessInspector(),
    inspections,
    new FairQueue(2),
    clock,
    new InspectionLimits(),
  );
}
