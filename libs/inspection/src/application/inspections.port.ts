import type { Blob, OrgId } from '@app/kernel';
import type { FileKind } from '../rules/file-kind';
import type { Inspection } from '../rules/inspect';

/** A text, as a file of one kind. */
export interface TextId {
  readonly kind: FileKind;
  readonly blob: Blob;
}

export interface KnownText extends TextId {
  /** How many inspections of the text were begun and did not end. */
  readonly attempts: number;
  /** When the last one was begun, or the result was recorded. */
  readonly at: Date;
  /** Null before the first inspection that ended. */
  readonly inspection: Inspection | null;
}

export interface InspectedText extends TextId {
  readonly inspection: Inspection;
}

/** Stores, for each org, what inspections by the present rules found. Results of earlier rules count as unknown. */
export abstract class Inspections {
  /** Returns those of the texts that are known. */
  abstract known(org: OrgId, texts: readonly TextId[]): Promise<KnownText[]>;
  /** Counts one more attempt at each. To be committed before the work begins. */
  abstract begin(org: OrgId, texts: readonly TextId[]): Promise<void>;
  /** Takes back an attempt at each, because it ended without a result and did no harm. */
  abstract withdraw(org: OrgId, texts: readonly TextId[]): Promise<void>;
  /** Lets every text without a result be inspected once more without a wait. Joins the caller's transaction. */
  abstract retry(org: OrgId): Promise<void>;
  /** Stores results; the attempts are forgotten. */
  abstract record(org: OrgId, texts: readonly InspectedText[]): Promise<void>;
}
