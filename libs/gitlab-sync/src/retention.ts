import { AUDIT_FLOOR_DAYS } from '@app/database';

/** Days for which growing data is kept; `Infinity` keeps it for ever. */
export class Retention {
  /** For versions of context files that Git also has; the newest ten of each file stay. */
  readonly versionDays: number = 365;
  /** For finished runs and settled conflicts; the newest hundred runs of each org stay. */
  readonly runDays: number = 90;
  /** For audit entries. PostgreSQL lets only the owner of the table delete an entry of the last 30 days. */
  readonly auditDays: number = 400;

  /** @throws Error naming a value that is not a number of days, or is too small */
  constructor(settings: Partial<Retention> = {}) {
    Object.assign(this, settings);
    for (const [name, days] of Object.entries(this)) {
      const least = name === 'auditDays' ? AUDIT_FLOOR_DAYS : 1;
      if (!(typeof days === 'number' && days >= least))
        throw new Error(`retention.${name} must be a number of days, at least ${least}`);
    }
  }
}
