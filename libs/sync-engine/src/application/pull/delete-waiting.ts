import { Injectable } from '@nestjs/common';
import type { Decision } from '../../domain/decision';
import type { BaseEntry } from '../../domain/reconcile';
import type { SyncPass } from '../pass/sync-pass';
import { Findings } from '../ports/findings.port';
import { ApplyPull } from './apply-pull';

/** Deletes files in Dot whose deletion on GitLab waited for a person. */
@Injectable()
export class DeleteWaiting {
  constructor(
    private readonly apply: ApplyPull,
    private readonly findings: Findings,
  ) {}

  /** `asOf` is Dot's revision at which its files were read. @throws VersionConflict if Dot changed one since */
  async execute(pass: SyncPass, waiting: ReadonlyMap<string, BaseEntry>, asOf: number): Promise<void> {
    const { gitlab, repo, org, state } = pass;
    const head = state.baseCommit === null ? null : await gitlab.commitById(repo, state.baseCommit);
    const quarantined = await this.findings.quarantined(org);
    const [none, nothing] = [new Map<string, never>(), new Set<string>()];
    const branch = { head, commits: [], tree: null, changed: none, misfits: none, attributes: false };
    const decisions = [...waiting].map(([path, { local }]): Decision => ({
      ...{ kind: 'take', path, remote: null, local, content: null, asOf },
    }));
    const waits = { quarantined, freed: nothing, unannounced: nothing, lfsRules: undefined };
    await this.apply.execute(pass, { ...branch, ...waits }, decisions);
  }
}
