import type { OrgId } from '@app/kernel';
import {
  Inspections,
  type InspectedText,
  type KnownText,
  type TextId,
} from '../application/inspections.port';

/** Keeps results while the process lives, for programs without a database. A text that ends the process ends the program. */
export class ProcessInspections extends Inspections {
  private readonly results = new Map<string, InspectedText>();

  async known(org: OrgId, texts: readonly TextId[]): Promise<KnownText[]> {
    return texts.flatMap((text) => {
      const result = this.results.get(keyOf(org, text));
      return result ? [{ ...result, attempts: 0, at: new Date(0) }] : [];
    });
  }

  async record(org: OrgId, texts: readonly InspectedText[]): Promise<void> {
    for (const { kind, blob, inspection } of texts)
      this.results.set(keyOf(org, { kind, blob }), { kind, blob, inspection });
  }

  async begin(): Promise<void> {
    // No attempt outlives the process.
  }

  async withdraw(): Promise<void> {
    // No attempt outlives the process.
  }

  async retry(): Promise<void> {
    // Nothing waits.
  }
}

const keyOf = (org: OrgId, { kind, blob }: TextId): string => `${org} ${kind} ${blob}`;
