import type { Blob, FileCheck, OrgId } from '@app/kernel';
import type { Inspection } from '../rules/inspect';

/** A text as the content of one kind of file. */
export interface TextId {
  readonly kind: FileCheck;
  readonly blob: Blob;
}

export interface KnownText extends TextId {
  /** Number of inspections of the text that began and did not end. */
  readonly attempts: number;
  /** Start of the last attempt, or the time of the result. */
  readonly at: Date;
  /** Null until an inspection has ended. */
  readonly inspection: Inspection | null;
}

export interface InspectedText extends TextId {
  readonly inspection: Inspection;
}

/** Stores the results of inspections for each org. Treats results of earlier rules as unknown. */
export abstract class Inspections {
  /** Returns the known ones among the texts. */
  abstract known(org: OrgId, texts: readonly TextId[]): Promise<KnownText[]>;
  /** Counts one more attempt at each text. Commit it before the work begins. */
  abstract begin(org: OrgId, texts: readonly TextId[]): Promise<void>;
  /** Uncounts an attempt at each text, because it ended without a result and did no harm. */
  abstract withdraw(org: OrgId, texts: readonly TextId[]): Promise<void>;
  /** Lifts the wait of every text without a result. Joins the caller's transaction. */
  abstract retry(org: OrgId): Promise<void>;
  /** Stores results and resets the attempts. */
  abstract record(org: OrgId, texts: readonly InspectedText[]): Promise<void>;
}
