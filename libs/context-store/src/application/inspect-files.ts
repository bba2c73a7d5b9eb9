import {
  problemWithSize,
  type ContentProblem,
  type ContentReason,
  type InspectionService,
} from '@app/inspection/core';
import { blobOf, type OrgId } from '@app/kernel';
import { ContentInvalid, InspectionInterrupted, TooComplex } from '../domain/context-store.errors';
import { inspectPath, type PathProblem } from '../domain/inspect-path';

export type Flaw = PathProblem['reason'] | ContentReason;

export type FileProblem = { readonly reason: Flaw } & Omit<ContentProblem, 'reason'>;

export interface FileText {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Decides whether texts may be context files, both for edits and for files from GitLab. Not for use in a transaction.
 */
export class InspectFiles {
  constructor(private readonly inspections: InspectionService) {}

  /** Returns the problem of each file, its path included; null for a valid file. @throws InspectionBusy */
  async execute(
    org: OrgId,
    files: readonly FileText[],
    maxBytes: number,
  ): Promise<readonly (FileProblem | null)[]> {
    const problems = files.map(({ path }) => inspectPath(path));
    const open = files.filter((_, index) => !problems[index]);
    const texts = (await this.texts(org, open, maxBytes)).values();
    return problems.map((problem) => problem ?? texts.next().value ?? null);
  }

  /**
   * Checks the texts of an edit; its paths are already checked.
   * @throws ContentInvalid, TooComplex, InspectionInterrupted, InspectionBusy
   */
  async check(org: OrgId, files: readonly FileText[], maxBytes: number): Promise<void> {
    const problems = await this.texts(org, files, maxBytes);
    for (const [index, problem] of problems.entries()) {
      if (problem?.retryAfterMs !== undefined)
        throw new InspectionInterrupted(files[index].path, problem.retryAfterMs);
      if (problem?.reason === 'too_complex') throw new TooComplex(files[index].path, problem.detail);
      if (problem) throw new ContentInvalid(files[index].path, problem.detail);
    }
  }

  private async texts(
    org: OrgId,
    files: readonly FileText[],
    maxBytes: number,
  ): Promise<readonly (ContentProblem | null)[]> {
    const problems = files.map(({ bytes }) => problemWithSize(bytes.byteLength, maxBytes));
    const open = files
      .filter((_, index) => !problems[index])
      .map((file) => ({ ...file, blob: blobOf(file.bytes) }));
    const inspected = (await this.inspections.inspectLoaded(org, open)).values();
    return problems.map((problem) => problem ?? inspected.next().value?.problem ?? null);
  }
}
