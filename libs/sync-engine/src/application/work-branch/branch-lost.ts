import { BranchNotFound } from '@app/gitlab';
import { BranchGone } from '../../domain/sync.errors';
import type { SyncPass } from '../pass/sync-pass';

/** Checks whether the error says that the branch is gone, or was never there. */
export const isGone = (branch: string, error: unknown): boolean =>
  error instanceof BranchGone || (error instanceof BranchNotFound && error.branch === branch);

/** Returns null if the pass's branch is gone. */
export async function unlessGone<T>(pass: SyncPass, work: () => Promise<T>): Promise<T | null> {
  const { branch } = pass.repo;
  try {
    return await work();
  } catch (error) {
    if (!isGone(branch, error)) throw error;
    return null;
  }
}
