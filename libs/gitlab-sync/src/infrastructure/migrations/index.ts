import { Tenants1767225617000 } from './1700-tenants';
import { Operations1767225619000 } from './1900-operations';
import { Retention1767225620000 } from './2000-retention';
import { Quotas1767225627000 } from './2700-quotas';
import { Events1767225633870 } from './3387-events';

/** The migrations that concern several modules. They leave out the tables that a host does not have. */
export const sharedMigrations = [
  Tenants1767225617000,
  Operations1767225619000,
  Retention1767225620000,
  Quotas1767225627000,
  Events1767225633870,
];
