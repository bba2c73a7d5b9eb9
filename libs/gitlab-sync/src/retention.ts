import { AUDIT_FLOOR_DAYS } from '@app/database';

/** How long what grows is kept, in days; `Infinity` keeps it for ever. */
export class Retention {
  /** Versions of context files that Git has, too; the newest ten of each file stay. */
  readonly versionDays: number = 365;
  /** Finished runs, and conflicts that were settled; the newest hundred runs of each org stay. */
  readonly runDays: number = 90;
  /** PostgreSQL itself lets nobody but the owner of the table delete an entry of the last 30 days. */
  readonly auditDays: number = 400;

  /** @throws Error naming what is no number of days, or too few */
  constructor(settings: Partial<Retention> = {}) {
    Object.assign(this, settings);
    for (const [name, days] of Object.entries(this)) {
      const least = name === 'auditDays' ? AUDIT_FLOOR_DAYS : 1;
      if (!(typeof days === 'number' && days >= least))
        throw new Error(`retention.${name} has to be a number of days, at least ${least}`);
    }
  }
}
