import { Injectable } from '@nestjs/common';
import { InspectionService, problemWithSize, type ContentProblem, type ContentReason } from '@app/inspection';
import { blobOf, type OrgId } from '@app/kernel';
import { ContentInvalid, TooComplex } from '../domain/context-store.errors';
import { inspectPath, type PathFlaw } from '../domain/inspect-path';

export type Flaw = PathFlaw['reason'] | ContentReason;

export type FileProblem = { readonly reason: Flaw } & Omit<ContentProblem, 'reason'>;

export interface FileText {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Decides whether texts may be context files: the one place, for edits and for what GitLab holds. Not for use in a transaction. */
@Injectable()
export class InspectFiles {
  constructor(private readonly inspections: InspectionService) {}

  /** Returns what is wrong with each file; null if nothing is. @throws InspectionBusy */
  async execute(
    org: OrgId,
    files: readonly FileText[],
    maxBytes: number,
  ): Promise<readonly (FileProblem | null)[]> {
    const problems = files.map((file) => problemBefore(file, maxBytes));
    const open = files
      .filter((_, index) => !problems[index])
      .map((file) => ({ ...file, blob: blobOf(file.bytes) }));
    const contents = new Map(open.map(({ blob, bytes }) => [blob, bytes]));
    const inspected = (await this.inspections.inspect(org, open, async () => contents)).values();
    return problems.map((problem) => problem ?? inspected.next().value?.problem ?? null);
  }

  /** @throws ContentInvalid, TooComplex, InspectionBusy */
  async check(org: OrgId, files: readonly FileText[], maxBytes: number): Promise<void> {
    const problems = await this.execute(org, files, maxBytes);
    for (const [index, problem] of problems.entries()) {
      if (problem?.reason === 'too_complex') throw new TooComplex(files[index].path, problem.detail);
      if (problem) throw new ContentInvalid(files[index].path, problem.detail);
    }
  }
}

/** What needs no reading of the text. */
function problemBefore({ path, bytes }: FileText, maxBytes: number): FileProblem | null {
  return inspectPath(path) ?? problemWithSize(bytes.byteLength, maxBytes);
}
