import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore, VersionConflict, type Change } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { Admitted } from '../../domain/admit-files';
import { takesRemote, type Decision } from '../../domain/decision';
import { editsOf, messageOf } from '../../domain/pulled-edits';
import type { SyncPass } from '../pass/sync-pass';
import type { BranchChanges } from './branch-changes';

/** Writes the decisions into Dot as one change, with the author and time of GitLab's head. */
@Injectable()
export class StorePulled {
  constructor(private readonly store: ContextStore) {}

  /** Returns null if nothing changes. Joins the caller's transaction. @throws VersionConflict, QuotaExceeded, PathNotAllowed */
  async execute(
    { org, run }: SyncPass,
    { head, commits }: Pick<BranchChanges, 'head' | 'commits'>,
    { decisions, quota }: Admitted,
  ): Promise<Change | null> {
    const edits = editsOf(decisions);
    if (!edits.length || !head) return null;
    const taken = decisions.filter((decision) => takesRemote(decision));
    const change = await this.store.commit(org, {
      id: randomUUID(),
      author: head.author,
      message: messageOf(commits.length ? commits : [head]),
      origin: 'gitlab',
      at: head.committedAt,
      edits,
      expected: new Map(taken.map(({ path, local }) => [path, local])),
      quota,
      runId: run.id,
      commit: head.id,
    });
    await this.refuseIfMoved(org, taken, change);
    return change.versions.length ? change : null;
  }

  /** Refuses if a path changed in Dot after it was read, even if its text is the same again. @throws VersionConflict */
  private async refuseIfMoved(org: OrgId, taken: readonly Decision[], made: Change): Promise<void> {
    if (!taken.length) return;
    const [{ asOf }] = taken;
    const between = made.versions.length ? made.revision - 1 - asOf : made.revision - asOf;
    if (between <= 0) return;
    const paths = new Set(taken.map(({ path }) => path));
    const moved = (await this.store.changesAfter(org, asOf, between))
      .flatMap(({ versions }) => versions.map(({ path }) => path))
      .filter((path) => paths.has(path));
    if (moved.length) throw new VersionConflict(moved);
  }
}
