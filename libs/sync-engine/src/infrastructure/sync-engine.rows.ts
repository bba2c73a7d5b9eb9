import { CommitReportRow } from './commit-reports.rows';
import { AllowedRow, ConflictRow, QuarantineRow } from './findings.rows';
import { RunChangeRow, SyncRunRow } from './sync-runs.rows';
import { AgreedRow, SyncStateRow } from './sync-states.rows';

export const syncEngineRows = [
  SyncStateRow,
  AgreedRow,
  SyncRunRow,
  RunChangeRow,
  ConflictRow,
  QuarantineRow,
  AllowedRow,
  CommitReportRow,
];
