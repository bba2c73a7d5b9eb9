import { Injectable } from '@nestjs/common';
import { InspectFiles, inspectPath } from '@app/context-store';
import { GitLabAnswerInvalid, type FileContent } from '@app/gitlab';
import { readAhead, type OrgId } from '@app/kernel';
import type { BaseBlobs, Problem } from '../../domain/reconcile';
import { SyncEngineSettings } from '../sync-engine.settings';
import type { BranchChanges, BranchRequest } from './branch-changes';
import { problemsOf, type FileToInspect } from './file-problems';
import type { RemoteChanges } from './remote-changes';
import { inBatches } from './in-batches';

/** Reads the texts of GitLab's files, and inspects those that are new to Dot. */
@Injectable()
export class RemoteFiles {
  constructor(
    private readonly inspect: InspectFiles,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** Yields the files at these paths, every announced one among them. @throws GitLabAnswerInvalid */
  async *read(
    { gitlab, repo }: BranchRequest,
    { head, tree, unannounced }: RemoteChanges,
    paths: readonly string[],
  ): AsyncGenerator<FileContent[]> {
    if (!head || !paths.length) return;
    const missing = new Set(paths.filter((path) => !unannounced.has(path)));
    const options = { maxBytes: this.settings.maxFileBytes, tree: tree ?? undefined };
    for await (const batch of readAhead(inBatches(gitlab.readFiles(repo, head.id, paths, options)))) {
      for (const { path } of batch) missing.delete(path);
      yield batch;
    }
    const [first] = missing;
    if (first !== undefined) throw new GitLabAnswerInvalid(`it announced ${first} and did not deliver it`);
  }

  /**
   * Asks by name for what a tree left out, before it counts as deleted: an answer may lose a part of itself. Returns the files that
   * are still there.
   */
  async overlooked(
    { gitlab, repo }: BranchRequest,
    { head, tree, misfits }: BranchChanges,
    gone: readonly string[],
    base: ReadonlyMap<string, BaseBlobs>,
  ): Promise<ReadonlyMap<string, FileContent>> {
    const found = new Map<string, FileContent>();
    const known = gone.filter((path) => base.get(path)?.remote && !misfits.has(path) && !inspectPath(path));
    if (!head || !tree || !known.length) return found;
    const options = { maxBytes: this.settings.maxFileBytes, tree };
    for await (const file of gitlab.readFiles(repo, head.id, known, options)) found.set(file.path, file);
    return found;
  }

  /** Returns the problem of each file. Inspects its text only if it is neither agreed on nor in Dot. */
  problems(org: OrgId, files: readonly FileToInspect[]): Promise<readonly (Problem | null)[]> {
    return problemsOf(org, files, this.inspect, this.settings.maxFileBytes);
  }
}
