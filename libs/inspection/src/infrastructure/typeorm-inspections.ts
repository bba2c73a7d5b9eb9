import type { Database } from '@app/database';
import type { Clock, OrgId } from '@app/kernel';
import {
  Inspections,
  type InspectedText,
  type KnownText,
  type TextId,
} from '../application/inspections.port';
import { RULES_VERSION } from '../rules/rules-version';

/**
 * Commits without a wait for the disk. A PostgreSQL that crashes may forget an attempt or a result: the text is inspected
 * once more. What a process of ours did before it ended is kept (docs/decisions/0030-a-first-pull-is-a-pipeline.md).
 */
const NEED_NOT_LAST = `(SELECT set_config('synchronous_commit', 'off', true)) AS need_not_last`;
const ASKED = `unnest($2::text[], $3::text[]) AS asked (kind, blob)`;

/** Stores inspections in PostgreSQL. Other processes see an attempt as soon as it is counted. */
export class TypeOrmInspections extends Inspections {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rules = RULES_VERSION,
  ) {
    super();
  }

  /** Looks each text up: a join that PostgreSQL plans without statistics compares all rows of the org with all texts. */
  async known(org: OrgId, texts: readonly TextId[]): Promise<KnownText[]> {
    return this.db.forOrg(org).query<KnownText[]>(
      `SELECT known.* FROM ${ASKED}, LATERAL (
         SELECT kind, blob, attempts, at, result AS inspection FROM inspections
          WHERE org = $1 AND kind = asked.kind AND blob = asked.blob AND rules = $4 LIMIT 1) AS known`,
      [org, ...columnsOf(texts), this.rules],
    );
  }

  async begin(org: OrgId, texts: readonly TextId[]): Promise<void> {
    await this.db.forOrg(org).query(
      `INSERT INTO inspections (org, kind, blob, rules, attempts, at) SELECT $1, kind, blob, $4, 1, $5 FROM ${ASKED}, ${NEED_NOT_LAST}
       ON CONFLICT (org, blob, kind) DO UPDATE SET rules = excluded.rules, result = NULL, at = excluded.at,
         attempts = CASE WHEN inspections.rules = excluded.rules THEN inspections.attempts ELSE 0 END + 1`,
      [...this.asked(org, texts), this.rules, this.clock.now()],
    );
  }

  async withdraw(org: OrgId, texts: readonly TextId[]): Promise<void> {
    await this.db.forOrg(org).query(
      `UPDATE inspections SET attempts = attempts - 1 FROM ${ASKED}
        WHERE org = $1 AND inspections.kind = asked.kind AND inspections.blob = asked.blob AND rules = $4 AND attempts > 0`,
      [...this.asked(org, texts), this.rules],
    );
  }

  async retry(org: OrgId): Promise<void> {
    await this.db
      .forOrg(org)
      .query(
        `UPDATE inspections SET attempts = 1 WHERE org = $1 AND rules = $2 AND result IS NULL AND attempts > 1`,
        [org, this.rules],
      );
  }

  async record(org: OrgId, texts: readonly InspectedText[]): Promise<void> {
    if (!texts.length) return;
    const results = inOrder(texts).map(({ inspection }) => JSON.stringify(inspection));
    await this.db.forOrg(org).query(
      `INSERT INTO inspections (org, kind, blob, rules, attempts, at, result)
       SELECT $1, kind, blob, $4, 0, $5, result::json FROM unnest($2::text[], $3::text[], $6::text[]) AS asked (kind, blob, result), ${NEED_NOT_LAST}
       ON CONFLICT (org, blob, kind) DO UPDATE
         SET rules = excluded.rules, attempts = 0, at = excluded.at, result = excluded.result`,
      [...this.asked(org, texts), this.rules, this.clock.now(), results],
    );
  }

  private asked(org: OrgId, texts: readonly TextId[]): [OrgId, string[], string[]] {
    return [org, ...columnsOf(inOrder(texts))];
  }
}

const columnsOf = (texts: readonly TextId[]): [string[], string[]] => [
  texts.map(({ kind }) => kind),
  texts.map(({ blob }) => blob),
];

/** Locks rows in one order, so that two statements never deadlock. */
function inOrder<T extends TextId>(texts: readonly T[]): T[] {
  return [...texts].sort((one, other) =>
    `${one.blob} ${one.kind}` < `${other.blob} ${other.kind}` ? -1 : 1,
  );
}
