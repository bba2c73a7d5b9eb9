import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { Commit } from '@app/gitlab';
import { blobOf, Clock, readAhead, type Blob, type OrgId } from '@app/kernel';
import type { Decision } from '../../domain/decision';
import { asGitLabStores } from '../../domain/line-endings';
import { agreesOn } from '../../domain/proposed-entry';
import { reconcile, settleConflict, type ConflictFacts, type Verdict } from '../../domain/reconcile';
import { BranchGone } from '../../domain/sync.errors';
import { ProposedEntries } from '../ports/proposed-entries.port';
import { DiscoverRemote } from './discover-remote';
import type { DiscoveredPath } from './discovered-path';
import { landedVersion } from './landed-version';
import type { DiscoverRequest, RemoteChanges } from './remote-changes';

/** Decides about each path that GitLab changed; reads the facts that only a conflict needs. Changes nothing. */
@Injectable()
export class ReconcileRemote {
  constructor(
    private readonly discover: DiscoverRemote,
    private readonly proposed: ProposedEntries,
    private readonly store: ContextStore,
    private readonly clock: Clock,
  ) {}

  /** Yields one decision for each path about which there is one, deletions first. */
  async *execute(request: DiscoverRequest, changes: RemoteChanges): AsyncGenerator<Decision> {
    for await (const batch of readAhead(this.discover.paths(request, changes))) {
      for (const found of batch) {
        const decision = await this.decide(request, changes, found);
        if (decision) yield decision;
      }
    }
  }

  private async decide(
    request: DiscoverRequest,
    changes: RemoteChanges,
    found: DiscoveredPath,
  ): Promise<Decision | null> {
    const { path, local, remote, asOf, base, content, localFile } = found;
    const about = { path, local, remote, asOf };
    const verdict = reconcile(found);
    if (verdict.kind === 'quarantine') {
      const { about: _, ...problem } = verdict.problem;
      return { ...about, kind: 'quarantine', ...problem, base };
    }
    const landed = await this.landed(request, found, verdict);
    if (landed) return { ...about, kind: 'landed', version: landed };
    const isAgreed = verdict.kind === 'take' && (await this.isAgreedOnWorkBranch(request, found));
    if (isAgreed || verdict.kind === 'agree') return { ...about, kind: 'agree' };
    if (verdict.kind === 'take') return { ...about, kind: 'take', content };
    if (verdict.kind !== 'conflict') return null;
    const { facts, commit } = await this.factsOf(request, changes, found);
    const winner = settleConflict(facts, request.onConflict);
    if (winner === 'agree') return { ...about, kind: 'agree' };
    return { ...about, kind: 'conflict', winner, content, base, localFile, commit };
  }

  private async landed({ org, proposal }: DiscoverRequest, found: DiscoveredPath, { kind }: Verdict) {
    const isNews = kind === 'take' || kind === 'conflict';
    return isNews && proposal ? landedVersion(this.store, org, proposal, found) : null;
  }

  /** Checks whether the target has what the work branch proposed for Dot's text, which differs by line endings only. */
  private async isAgreedOnWorkBranch(
    { org, proposal }: DiscoverRequest,
    { path, local, remote, content }: DiscoveredPath,
  ): Promise<boolean> {
    if (!proposal?.cycle || !local || !content) return false;
    const own = (await this.proposed.around(org, [path])).get(path);
    return !!own && agreesOn(own, remote, local) && this.differByLineEndingsOnly(org, local, content);
  }

  private async factsOf(
    { org, gitlab, repo, onConflict }: DiscoverRequest,
    { head }: RemoteChanges,
    { path, local, content, localFile }: DiscoveredPath,
  ): Promise<{ readonly facts: ConflictFacts; readonly commit: Commit }> {
    if (!head) throw new BranchGone(repo.branch);
    if (local && content && (await this.differByLineEndingsOnly(org, local, content)))
      return { facts: { sameText: true }, commit: head };
    const readAt = this.clock.now();
    const touching = onConflict === 'newest' ? await gitlab.lastCommitTouching(repo, head.id, path) : null;
    const commit = touching ?? head;
    const localAt = localFile?.updatedAt ?? (await this.deletedAt(org, path)) ?? new Date(0);
    return { facts: { sameText: false, localAt, remoteAt: commit.committedAt, readAt }, commit };
  }

  private async differByLineEndingsOnly(org: OrgId, local: Blob, remote: Buffer): Promise<boolean> {
    const text = (await this.store.contents(org, [local])).get(local);
    return text !== undefined && blobOf(asGitLabStores(text)) === blobOf(remote);
  }

  private async deletedAt(org: OrgId, path: string): Promise<Date | undefined> {
    return (await this.store.history(org, { path, limit: 1 })).items[0]?.at;
  }
}
