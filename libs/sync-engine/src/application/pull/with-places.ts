import { PathNotAllowed } from '@app/context-store';
import { nameTaken, type Decision } from '../../domain/decision';

/** Records decisions. If the store has no place for a file, decides about it again and records them all again. */
export async function withPlaces<T>(
  decisions: readonly Decision[],
  record: (decisions: readonly Decision[]) => Promise<T>,
): Promise<T> {
  try {
    return await record(decisions);
  } catch (error) {
    const refused =
      error instanceof PathNotAllowed &&
      decisions.find(({ path, kind }) => path === error.path && kind !== 'quarantine');
    if (!refused) throw error;
    const again = decisions.map((decision) =>
      decision === refused ? nameTaken(refused, error.why) : decision,
    );
    return withPlaces(again, record);
  }
}
