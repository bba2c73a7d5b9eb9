/** How long what grows is kept, in days; `Infinity` keeps it for ever. */
export class Retention {
  /** Versions of context files that Git has, too; the newest ten of each file stay. */
  readonly versionDays: number = 365;
  /** Finished runs, and conflicts that were settled; the newest hundred runs of each org stay. */
  readonly runDays: number = 90;
  readonly auditDays: number = 400;

  /** @throws Error naming what is no number of days */
  constructor(settings: Partial<Retention> = {}) {
    Object.assign(this, settings);
    for (const [name, days] of Object.entries(this))
      if (!(typeof days === 'number' && days >= 1))
        throw new Error(`retention.${name} has to be a number of days, at least 1`);
  }
}
