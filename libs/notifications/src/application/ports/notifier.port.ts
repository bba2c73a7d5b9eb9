import type { Notice } from '../../domain/notice';

/** Notifies the people of an org. A host's notifier takes the place of the channels. */
export abstract class Notifier {
  /**
   * Called for each change of state, in a worker. If it fails, it is called again later, for up to a day; so it may be
   * called twice for one change. `id` is the same then.
   */
  abstract notify(notice: Notice, id: string): void | Promise<void>;
}
