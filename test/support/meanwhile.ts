import type { Call } from '@app/fake-gitlab';
import type { SyncWorld } from './sync-world';

/** Something happens once, at the named moment of the next call of that kind. */
export function meanwhile(
  { gitlab: { calls } }: SyncWorld,
  moment: 'before' | 'between' | 'after',
  operation: string,
  happening: () => unknown,
): void {
  const former = calls[moment];
  calls[moment] = async (call: Call) => {
    if (call.operation !== operation) return former(call);
    calls[moment] = former;
    await happening();
  };
}
