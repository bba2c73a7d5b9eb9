import { DomainError } from '@app/kernel';

/** Runs the work and returns its domain error, or null if it succeeded. Any other error is thrown. */
export async function catchDomainError(work: () => Promise<unknown>): Promise<DomainError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
