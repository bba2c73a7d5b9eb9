import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import { SystemClock, type Clock, type OrgId } from '@app/kernel';
import {
  Inspections,
  type InspectedText,
  type KnownText,
  type TextId,
} from '../src/application/inspections.port';
import { RULES_VERSION } from '../src/rules/rules-version';

type Row = KnownText & { readonly rules: number };

export class InMemoryInspections extends Inspections {
  constructor(
    private readonly tables: InMemoryTables,
    private readonly clock: Clock = new SystemClock(),
    private readonly rules = RULES_VERSION,
  ) {
    super();
  }

  async known(org: OrgId, texts: readonly TextId[]): Promise<KnownText[]> {
    return texts.flatMap((text) => {
      const row = this.current(org, text);
      return row ? [withoutRules(row)] : [];
    });
  }

  begin(org: OrgId, texts: readonly TextId[]): Promise<void> {
    return this.write(org, texts, (text) => ({
      ...text,
      attempts: (this.current(org, text)?.attempts ?? 0) + 1,
      at: this.clock.now(),
      inspection: null,
    }));
  }

  withdraw(org: OrgId, texts: readonly TextId[]): Promise<void> {
    return this.write(org, texts, (text) => {
      const row = this.current(org, text);
      return row && { ...row, attempts: Math.max(0, row.attempts - 1) };
    });
  }

  record(org: OrgId, texts: readonly InspectedText[]): Promise<void> {
    return this.write(org, texts, (text) => ({ ...text, attempts: 0, at: this.clock.now() }));
  }

  retry(org: OrgId): Promise<void> {
    const waiting = this.rowsOf(org)
      .values()
      .filter((row) => this.current(org, row) && row.inspection === null);
    return this.write(org, waiting, (row) => ({ ...row, attempts: Math.min(1, row.attempts) }));
  }

  private write<T extends TextId>(
    org: OrgId,
    texts: readonly T[],
    after: (text: T) => KnownText | undefined,
  ): Promise<void> {
    return this.tables.run(() => {
      for (const text of texts) {
        const known = after(text);
        if (!known) continue;
        const { kind, blob, attempts, at, inspection } = known;
        const row = { kind, blob, attempts, at, inspection, rules: this.rules };
        this.rowsOf(org).set(`${kind} ${blob}`, row);
      }
    });
  }

  private current(org: OrgId, { kind, blob }: TextId): Row | undefined {
    const row = this.rowsOf(org).get(`${kind} ${blob}`);
    return row?.rules === this.rules ? row : undefined;
  }

  private rowsOf(org: OrgId): InMemoryTable<Row> {
    return this.tables.table(`inspections ${org}`);
  }
}

function withoutRules({ rules: _, ...known }: Row): KnownText {
  return known;
}
