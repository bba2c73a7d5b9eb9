import type { SyncPass } from '../pass/sync-pass';
import type { PushChanges } from './push-changes';
import type { PushSnapshot } from './push-snapshot';

/** Pushes the changes and the files that no change carries. Returns `more` if the pass ended before the work did. */
export async function pushEverything(
  pass: SyncPass,
  changes: PushChanges,
  snapshot: PushSnapshot,
): Promise<'done' | 'more'> {
  for (;;) {
    if ((await changes.execute(pass)) === 'more') return 'more';
    const shipped = await snapshot.execute(pass);
    if (shipped !== 'changes-first') return shipped;
  }
}
