import { ProjectConfig1767225612000 } from './1200-project-config';
import { ScopeWarnings1767225632000 } from './3200-scope-warnings';
import { Publishing1767225633940 } from './3394-publishing';
import { ReportStatus1767225633950 } from './3395-report-status';

export const projectConfigMigrations = [
  ProjectConfig1767225612000,
  ScopeWarnings1767225632000,
  Publishing1767225633940,
  ReportStatus1767225633950,
];
