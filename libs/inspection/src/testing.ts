import { InMemoryTables } from '@app/database/testing';
import { InspectionService } from './application/inspection.service';
import { FairQueue } from './application/fair-queue';
import { InMemoryInspections } from './infrastructure/in-memory-inspections';
import { InProcessInspector } from './infrastructure/in-process-inspector';

export { FileInspector } from './application/file-inspector.port';
export type { Outcome, Text } from './application/file-inspector.port';
export { Inspections } from './application/inspections.port';
export { FairQueue } from './application/fair-queue';
export { InMemoryInspections } from './infrastructure/in-memory-inspections';
export { InProcessInspector } from './infrastructure/in-process-inspector';
export { InspectionLimits } from './infrastructure/inspection-limits';
export { InspectionRow } from './infrastructure/inspection.rows';
export { PooledInspector } from './infrastructure/pooled-inspector';
export { TypeOrmInspections } from './infrastructure/typeorm-inspections';
export { problemWithText } from './rules/content-check';
export { kindOf } from './rules/file-kind';

/** The module without Nest, workers and a database. Its tables are its own, so that results join no transaction of others. */
export function inMemoryInspection(): InspectionService {
  return new InspectionService(
    new InProcessInspector(),
    new InMemoryInspections(new InMemoryTables()),
    new FairQueue(2),
  );
}
