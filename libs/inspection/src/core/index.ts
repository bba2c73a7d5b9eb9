export { FairQueue } from '../application/fair-queue';
export { InspectionLimits } from '../application/inspection-limits';
export { InspectionService } from '../application/inspection.service';
export type { Inspection } from '../rules/inspect';
export { PooledInspector } from '../infrastructure/pooled-inspector';
export { ProcessInspections } from '../infrastructure/process-inspections';
export { problemWithSize, type ContentProblem, type ContentReason } from '../rules/content-check';
export { problemWithLine } from '../rules/line-check';
export type { Finding } from '../rules/secret-scanner';
