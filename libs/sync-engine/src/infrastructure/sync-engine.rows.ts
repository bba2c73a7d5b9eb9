import { CommitReportRow } from './commit-reports.rows';
import { AllowedRow, ConflictRow, QuarantineRow } from './findings.rows';
import { RunChangeRow, SyncRunRow } from './sync-runs.rows';
import { AgreedRow, ProposedRow, SyncStateRow } from './sync-states.rows';

export const syncEngineRows = [
  SyncStateRow,
  AgreedRow,
  ProposedRow,
  SyncRunRow,
  RunChangeRow,
  ConflictRow,
  QuarantineRow,
  AllowedRow,
  CommitReportRow,
];
