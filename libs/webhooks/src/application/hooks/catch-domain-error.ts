import { DomainError } from '@app/kernel';

/** What stood in the way, or null where the work was done. Only what GitLab or the network may say is excused. */
export async function catchDomainError(work: () => Promise<unknown>): Promise<DomainError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
