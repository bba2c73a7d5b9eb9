import { live, type Outcome } from './history';
import type { Step } from './steps/steps';
import type { Setting } from './world/world';

/** Returns the subject of a failure, without its ids, numbers and texts. */
export function gistOf(failure: string): string {
  return failure
    .split('\n', 1)[0]
    .replace(/"[^"]*"/g, '…')
    .replace(/[0-9a-f]{8}[0-9a-f-]*|\d+/g, '#')
    .slice(0, 60);
}

/** Removes steps, one after the other, as long as the history fails in the same way. */
export async function shrink(
  seed: number,
  steps: readonly Step[],
  { failures }: Outcome,
  setting: Setting,
): Promise<readonly Step[]> {
  const gist = gistOf(failures[0]);
  const fails = async (some: readonly Step[]) =>
    (await live(seed, some, setting)).failures.some((failure) => gistOf(failure) === gist);
  let needed = steps;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = needed.length - size; start > -size; start -= size) {
      const fewer = needed.filter((_, index) => index < start || index >= start + size);
      if (fewer.length < needed.length && (await fails(fewer))) needed = fewer;
    }
  }
  return needed;
}
