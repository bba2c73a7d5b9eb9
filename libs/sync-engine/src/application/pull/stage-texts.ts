import type { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { Decision } from '../../domain/decision';

/** Less is written with its change. */
const PORTION_BYTES = 4 * 1024 * 1024;

/**
 * Yields the decisions of a pull, and stores their texts ahead of the change while further ones are read. The change and
 * the base do not rely on it.
 */
export async function* stageTexts(
  store: ContextStore,
  org: OrgId,
  decisions: AsyncIterable<Decision>,
): AsyncGenerator<Decision, void> {
  let texts: Buffer[] = [];
  let bytes = 0;
  let staging = Promise.resolve();
  try {
    for await (const decision of decisions) {
      if ('content' in decision && decision.content) {
        texts.push(decision.content);
        bytes += decision.content.length;
      }
      if (bytes >= PORTION_BYTES) {
        await staging;
        staging = store.stage(org, texts);
        staging.catch(() => undefined); // the next await throws it
        [texts, bytes] = [[], 0];
      }
      yield decision;
    }
    await staging;
  } finally {
    await staging.catch(() => undefined);
  }
}
