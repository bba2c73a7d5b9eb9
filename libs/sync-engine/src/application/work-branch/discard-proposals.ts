import { Injectable } from '@nestjs/common';
import { ContextStore, VersionConflict } from '@app/context-store';
import { GitLabAnswerInvalid, type Commit } from '@app/gitlab';
import { Clock } from '@app/kernel';
import type { Decision } from '../../domain/decision';
import { pathsAhead } from '../../domain/paths-ahead';
import { KeptMoving } from '../../domain/sync.errors';
import { DOT } from '../../domain/trailers';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { ApplyPull } from '../pull/apply-pull';
import { SyncEngineSettings } from '../sync-engine.settings';
import { ForgetWorkBranch } from './forget-work-branch';
import { leaving, LeaveSuperseded } from './leave-superseded';
import { WorkFindings } from './work-findings';

/** Times that Dot may change before the org has to wait for its next pass. */
const TRIES = 5;

/** Takes the target's texts back in place of the proposal. Makes one change, which undoing the run reverts. */
@Injectable()
export class DiscardProposals {
  constructor(
    private readonly apply: ApplyPull,
    private readonly base: BaseEntries,
    private readonly findings: WorkFindings,
    private readonly forget: ForgetWorkBranch,
    private readonly store: ContextStore,
    private readonly leaveSuperseded: LeaveSuperseded,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  async execute(pass: SyncPass): Promise<void> {
    if (pass.state.baseCommit === null) return;
    // The one before it, which an interrupted pass left.
    if (pass.proposal?.cycle?.exists) await this.leaveSuperseded.execute(pass);
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        return await this.end(pass, await this.takeBack(pass, pass.state.baseCommit));
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error; // Dot was edited meanwhile: look again
      }
    }
    throw new KeptMoving();
  }

  /** Returns Dot's revision before that. */
  private async takeBack(pass: SyncPass, commit: string): Promise<number> {
    const { org, gitlab, repo, policy } = pass;
    const { revision: asOf, files } = await this.store.snapshot(org);
    const base = await this.base.all(org);
    const paths = pathsAhead(base, files, policy);
    if (!paths.length) return asOf;
    const contents = new Map<string, { blob: string; bytes: Buffer | null }>();
    const others = await this.findings.others(org);
    const held = paths.filter((path) => base.get(path)?.remote && !others.has(path));
    const options = { maxBytes: this.settings.maxFileBytes };
    for await (const { path, blob, bytes } of gitlab.readFiles(repo, commit, held, options))
      contents.set(path, { blob, bytes });
    const missing = held.find((path) => !contents.has(path));
    if (missing !== undefined) {
      // The base may be wrong, because a comparison left something out.
      await pass.checkpoint(() => ({ state: { compareAllAt: new Date(0) } }));
      throw new GitLabAnswerInvalid(`it has ${missing} and did not deliver it`);
    }
    const decisions = paths.flatMap((path): Decision[] => {
      const about = { kind: 'take', path, local: files.get(path)?.blob ?? null, asOf } as const;
      if (!base.get(path)?.remote) return [{ ...about, remote: null, content: null }];
      const found = contents.get(path);
      return found?.bytes ? [{ ...about, remote: found.blob, content: found.bytes }] : [];
    });
    const head = this.stamped(pass, await gitlab.commitById(repo, commit));
    const nothing = { tree: null, changed: new Map(), misfits: new Map(), attributes: false };
    const known = { quarantined: new Map(), freed: new Set<string>(), unannounced: new Set<string>() };
    const changes = { head, commits: [head], ...nothing, ...known, lfsRules: undefined };
    await this.apply.execute(pass, changes, decisions);
    return asOf;
  }

  /** The change is that of the person who asked for it. */
  private stamped({ run }: SyncPass, head: Commit): Commit {
    const author = { ...DOT, ...(run.requestedBy !== null && { name: run.requestedBy }) };
    return { ...head, author, committedAt: this.clock.now(), message: 'Discard the proposed changes' };
  }

  /** Edits after that revision are proposed. */
  private async end(pass: SyncPass, revision: number): Promise<void> {
    if (!pass.proposal) return;
    await pass.checkpoint(async () => {
      await this.forget.execute(pass.org);
      const { proposal } = leaving(pass);
      return {
        state: {
          proposal: { ...proposal, landedRevision: revision, reviewed: [], refusal: null },
          ...{ pushedRevision: revision, snapshotDue: false },
        },
      };
    });
    await this.leaveSuperseded.execute(pass);
  }
}
