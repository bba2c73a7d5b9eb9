import { Injectable } from '@nestjs/common';
import { ContextStore, type ContextFile } from '@app/context-store';
import { byCodePoint, type OrgId } from '@app/kernel';
import type { BaseEntry } from '../../domain/reconcile';
import { BaseEntries } from '../ports/base-entries.port';

/** The base and Dot's files after `from`, up to `upTo`; `upTo` is null at the end. */
export interface PathWindow {
  readonly from: string;
  readonly upTo: string | null;
  readonly base: ReadonlyMap<string, BaseEntry>;
  readonly files: ReadonlyMap<string, ContextFile>;
  /** The org's revision at which the files were read. */
  readonly revision: number;
}

/** Reads the base and Dot's files side by side, in the order of their paths' code points, some at a time. */
@Injectable()
export class PathWindows {
  constructor(
    private readonly entries: BaseEntries,
    private readonly store: ContextStore,
  ) {}

  /** Reads at most `size` entries and files for each window. `entries`: the base to read; null for Dot's files only. */
  async *read(
    org: OrgId,
    size: number,
    { after = '', entries = this.entries }: { after?: string; entries?: BaseEntries | null } = {},
  ): AsyncGenerator<PathWindow> {
    for (let from = after; ;) {
      const [base, { revision, files }] = await Promise.all([
        entries ? entries.after(org, from, size) : new Map<string, BaseEntry>(),
        this.store.filesAfter(org, from, size),
      ]);
      // A full side ends at its cut, and so does the window.
      const ends = [base, files].flatMap((side) => (side.size < size ? [] : [[...side.keys()].at(-1)!]));
      const upTo = ends.sort(byCodePoint)[0] ?? null;
      yield { from, upTo, revision, base: cutAt(base, upTo), files: cutAt(files, upTo) };
      if (upTo === null) return;
      from = upTo;
    }
  }

  /** Returns the paths whose deletion waits for a person. */
  async waitingDeletions(org: OrgId): Promise<string[]> {
    return [...(await this.entries.waitingDeletions(org)).keys()];
  }

  /** Reads the same for only these paths. */
  async *readOnly(
    org: OrgId,
    paths: Iterable<string>,
    size: number,
    { after = '' } = {},
  ): AsyncGenerator<PathWindow> {
    const sorted = [...new Set(paths)].filter((path) => byCodePoint(path, after) > 0).sort(byCodePoint);
    let from = after;
    for (let start = 0; start < sorted.length; start += size) {
      const some = sorted.slice(start, start + size);
      const [around, { revision, files }] = await Promise.all([
        this.entries.around(org, some),
        this.store.files(org, some),
      ]);
      const upTo = some.at(-1)!;
      const base = new Map(some.flatMap((path) => (around.has(path) ? [[path, around.get(path)!]] : [])));
      yield { from, upTo, revision, base, files };
      from = upTo;
    }
  }
}

function cutAt<T>(side: ReadonlyMap<string, T>, upTo: string | null): ReadonlyMap<string, T> {
  return upTo === null ? side : new Map([...side].filter(([path]) => byCodePoint(path, upTo) <= 0));
}
