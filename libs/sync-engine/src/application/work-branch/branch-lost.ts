import { BranchNotFound } from '@app/gitlab';
import { BranchGone } from '../../domain/sync.errors';
import type { SyncPass } from '../pass/sync-pass';

/** Returns null if the pass's branch is gone. */
export async function unlessGone<T>(pass: SyncPass, work: () => Promise<T>): Promise<T | null> {
  const { branch } = pass.repo;
  try {
    return await work();
  } catch (error) {
    const gone = error instanceof BranchGone || (error instanceof BranchNotFound && error.branch === branch);
    if (!gone) throw error;
    return null;
  }
}
