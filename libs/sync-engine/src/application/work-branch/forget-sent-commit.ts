import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { SyncPass } from '../pass/sync-pass';
import { lookUp } from '../push/look-up-commit';

/** Forgets a commit to a work branch that is gone, so that its outcome is not known. Notes it if a merge brought it to the target. */
@Injectable()
export class ForgetSentCommit {
  constructor(private readonly store: ContextStore) {}

  async execute(pass: SyncPass): Promise<void> {
    const sent = pass.sentElsewhere;
    if (!sent) return;
    const { changeId, agreed } = sent;
    const merged = await lookUp(pass, sent);
    const paths = agreed.map(([path]) => path);
    await pass.checkpoint(async () => {
      if (merged && changeId) await this.store.noteCommit(pass.org, changeId, merged.id, paths);
      return {
        state: { inFlight: null },
        run: (run) => (merged ? { ...run, commits: [...run.commits, merged.id] } : run),
      };
    });
  }
}
