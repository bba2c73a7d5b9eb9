import { ContextStore1767225600000 } from './1000-context-store';
import { Credentials1767225611000 } from './1100-credentials';
import { ProjectConfig1767225612000 } from './1200-project-config';
import { SyncEngine1767225613000 } from './1300-sync-engine';
import { Webhooks1767225614000 } from './1400-webhooks';
import { Audit1767225615000 } from './1500-audit';
import { Allowed1767225616000 } from './1600-allowed';
import { Tenants1767225617000 } from './1700-tenants';
import { WebhookFloods1767225618000 } from './1800-webhook-floods';
import { Operations1767225619000 } from './1900-operations';
import { Retention1767225620000 } from './2000-retention';
import { WorkToDo1767225621000 } from './2100-work-to-do';
import { TokenCare1767225622000 } from './2200-token-care';
import { ReplacedKeys1767225623000 } from './2300-replaced-keys';
import { Inspections1767225624000 } from './2400-inspections';
import { Quotas1767225627000 } from './2700-quotas';
import { AnnouncedCommits1767225629000 } from './2900-announced-commits';
import { RefusedCommits1767225630000 } from './3000-refused-commits';
import { ScopeWarnings1767225632000 } from './3200-scope-warnings';

/** In the order they run. Never edited once released: add another. */
export const migrations = [
  ContextStore1767225600000,
  Credentials1767225611000,
  ProjectConfig1767225612000,
  SyncEngine1767225613000,
  Webhooks1767225614000,
  Audit1767225615000,
  Allowed1767225616000,
  Tenants1767225617000,
  WebhookFloods1767225618000,
  Operations1767225619000,
  Retention1767225620000,
  WorkToDo1767225621000,
  TokenCare1767225622000,
  ReplacedKeys1767225623000,
  Inspections1767225624000,
  Quotas1767225627000,
  AnnouncedCommits1767225629000,
  RefusedCommits1767225630000,
  ScopeWarnings1767225632000,
] as const;
