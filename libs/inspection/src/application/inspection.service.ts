import { type Clock, type Blob, type OrgId } from '@app/kernel';
import { interrupted } from '../domain/interrupted';
import { EXCEEDED } from '../domain/too-complex';
import { checkOf } from '../rules/file-check';
import type { Inspection } from '../rules/inspect';
import { type FileInspector, type Outcome } from './file-inspector.port';
import { type InspectionLimits } from './inspection-limits';
import { type Inspections, type InspectedText, type TextId } from './inspections.port';
import { nextBatch, type Pending } from './next-batch';
import { type FairQueue } from './fair-queue';

export interface InspectedFile {
  readonly path: string;
  readonly blob: Blob;
}

/** A file whose text is in memory. */
export interface LoadedFile extends InspectedFile {
  readonly bytes: Buffer;
}

/** Returns the bytes of those blobs that exist. */
export type Contents = (blobs: readonly Blob[]) => Promise<ReadonlyMap<Blob, Buffer>>;

type Found = Map<string, Inspection>;
type Unknown = Omit<Pending, 'bytes'>;

/** Number of texts that are read together: they may be large. */
const READ = 50;

/**
 * Inspects each text of an org once, in turns with other orgs, and stores the result. Counts an attempt before the
 * work: a text that ends the process is recognised after a restart, and waits ever longer before the next attempt.
 * Do not use it inside a transaction: the count would not be committed, and the connection would be held while the org waits.
 */
export class InspectionService {
  constructor(
    private readonly inspector: FileInspector,
    private readonly inspections: Inspections,
    private readonly queue: FairQueue,
    private readonly clock: Clock,
    private readonly limits: InspectionLimits,
  ) {}

  /**
   * Returns one inspection per file, in their order; null for a blob that `contents` does not have. Reads only
   * unknown texts, some at a time.
   * @throws InspectionBusy
   */
  inspect(org: OrgId, files: readonly InspectedFile[], contents: Contents): Promise<(Inspection | null)[]> {
    return this.inspectSome(org, files, contents, READ);
  }

  /** Returns one inspection per file, in their order. @throws InspectionBusy */
  async inspectLoaded(org: OrgId, files: readonly LoadedFile[]): Promise<(Inspection | null)[]> {
    const contents = new Map(files.map(({ blob, bytes }) => [blob, bytes]));
    return this.inspectSome(org, files, async () => contents, files.length);
  }

  /** Lifts the wait of interrupted inspections, because a person asks. Joins the caller's transaction. */
  retry(org: OrgId): Promise<void> {
    return this.inspections.retry(org);
  }

  private async inspectSome(
    org: OrgId,
    files: readonly InspectedFile[],
    contents: Contents,
    most: number,
  ): Promise<(Inspection | null)[]> {
    const texts = files.map(({ path, blob }) => ({ kind: checkOf(path), blob }));
    const found: Found = new Map();
    const unknown = await this.lookUp(org, texts, found);
    for (let from = 0; from < unknown.length; from += most) {
      const few = unknown.slice(from, from + most);
      const bytes = await contents(few.map(({ blob }) => blob));
      await this.inspectAll(
        org,
        few.flatMap((text) => withBytes(text, bytes)),
        found,
      );
    }
    return texts.map((text) => found.get(keyOf(text)) ?? null);
  }

  /** Adds stored inspections to `found`. Returns the other texts, each once. */
  private async lookUp(org: OrgId, texts: readonly TextId[], found: Found): Promise<Unknown[]> {
    const left = new Map(
      texts.map(({ kind, blob }): [string, Unknown] => [
        keyOf({ kind, blob }),
        { kind, blob, suspect: false },
      ]),
    );
    if (!left.size) return [];
    for (const known of await this.inspections.known(org, [...left.values()])) {
      const { kind, blob, attempts, inspection } = known;
      const key = keyOf(known);
      const result = inspection ?? interrupted(known, this.limits, this.clock.now());
      if (result) found.set(key, result);
      if (result) left.delete(key);
      else left.set(key, { kind, blob, suspect: attempts > 0 });
    }
    return [...left.values()];
  }

  private async inspectAll(org: OrgId, pending: readonly Pending[], found: Found): Promise<void> {
    let left = pending;
    while (left.length) {
      const batch = nextBatch(left);
      const exclusive = batch[0].suspect;
      const exceeded = await this.queue.take(
        org,
        async (waited) => {
          // Another request may have inspected the same texts meanwhile.
          if (waited) await this.lookUp(org, batch, found);
          return this.attempt(
            org,
            batch.filter((text) => !found.has(keyOf(text))),
            found,
          );
        },
        { exclusive },
      );
      const again = batch
        .filter((text) => !found.has(keyOf(text)))
        .map((text) => (text === exceeded ? { ...text, single: true } : text));
      left = [...again, ...left.slice(batch.length)];
    }
  }

  /**
   * Inspects the texts in one task. Returns the text that exceeded the limits beside others, to be tried again
   * without them.
   */
  private async attempt(org: OrgId, texts: readonly Pending[], found: Found): Promise<Pending | undefined> {
    if (!texts.length) return undefined;
    await this.inspections.begin(org, texts);
    const recorded = new Set<string>();
    try {
      const outcomes = await this.inspector.inspect(texts);
      const done = texts.flatMap((text, index) => resultOf(text, outcomes[index], texts.length > 1));
      await this.inspections.record(org, done);
      for (const { inspection, ...text } of done) {
        recorded.add(keyOf(text));
        found.set(keyOf(text), inspection);
      }
      return texts.find((_, index) => outcomes[index] === 'exceeded' && texts.length > 1);
    } finally {
      const undone = texts.filter((text) => !recorded.has(keyOf(text)));
      if (undone.length) await this.inspections.withdraw(org, undone);
    }
  }
}

const keyOf = ({ kind, blob }: TextId): string => `${kind} ${blob}`;

function withBytes(text: Unknown, contents: ReadonlyMap<Blob, Buffer>): Pending[] {
  const bytes = contents.get(text.blob);
  return bytes ? [{ ...text, bytes }] : [];
}

function resultOf({ kind, blob }: TextId, outcome: Outcome, again: boolean): InspectedText[] {
  if (outcome === 'skipped' || (outcome === 'exceeded' && again)) return [];
  return [{ kind, blob, inspection: outcome === 'exceeded' ? EXCEEDED : outcome }];
}
