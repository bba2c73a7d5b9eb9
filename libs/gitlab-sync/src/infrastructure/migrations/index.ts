import { Tenants1767225617000 } from './1700-tenants';
import { Operations1767225619000 } from './1900-operations';
import { Retention1767225620000 } from './2000-retention';
import { Events1767225633870 } from './3387-events';

/** The migrations that concern several modules. */
export const sharedMigrations = [
  Tenants1767225617000,
  Operations1767225619000,
  Retention1767225620000,
  Events1767225633870,
];
