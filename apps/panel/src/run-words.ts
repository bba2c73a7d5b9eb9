import type { Run } from './contract';
import { faultWords } from './faults';
import type { IconName } from './icons';
import type { Phrase, Values } from './say';
import { clip } from './say';
import { words } from './words';

export interface RunWords {
  readonly icon: IconName;
  readonly tone: 'ok' | 'warn' | 'err' | 'info' | 'quiet';
  readonly title: Phrase;
  readonly values?: Values;
}

/** Describes a run in one line. */
export function runWords(run: Run, say: (phrase: Phrase, values?: Values) => string): RunWords {
  const icon = run.kind === 'push' ? 'up' : run.kind === 'pull' ? 'down' : 'spin';
  switch (run.status) {
    case 'queued':
      return { icon: 'clock', tone: 'info', title: words.activity.queued };
    case 'running':
      return { icon, tone: 'info', title: words.activity.running };
    case 'awaiting_confirmation':
      return { icon: 'pause', tone: 'warn', title: words.activity.awaiting };
    case 'cancelled':
      return { icon, tone: 'quiet', title: CANCELLED[run.kind] };
    case 'failed': {
      const { title: full, brief = full } = faultWords(run.error?.code ?? '');
      const title = say(brief, FILLED);
      return { icon: 'cross', tone: 'err', title: FAILED[run.kind], values: { title } };
    }
    case 'succeeded':
      return { icon: run.kind === 'initial' ? 'check' : icon, tone: 'ok', ...succeeded(run) };
  }
}

const CANCELLED = {
  push: words.activity.cancelledPush,
  pull: words.activity.cancelledPull,
  initial: words.activity.cancelledInitial,
};
const FAILED = {
  push: words.activity.failedPush,
  pull: words.activity.failedPull,
  initial: words.activity.failedInitial,
};
/** Values of a title that belong to the time of the run; its details show the real ones. */
const FILLED = { url: 'GitLab', name: 'The name' };

function succeeded(run: Run): Pick<RunWords, 'title' | 'values'> & { readonly icon?: IconName } {
  const n = filesOf(run);
  const { putBack } = run.counts;
  if (run.intent === 'propose') return { title: words.activity.proposedAgain };
  if (run.intent === 'discard')
    return { title: n ? words.activity.discarded : words.activity.nothingDiscarded, values: { n } };
  if (putBack) {
    const [only, andPulled] = run.commits.length
      ? [words.activity.putBack, words.activity.putBackAndPulled]
      : [words.activity.kept, words.activity.keptAndPulled];
    return { icon: 'up', title: n ? andPulled : only, values: { n: putBack, pulled: n } };
  }
  if (run.kind === 'initial')
    return n ? { title: words.activity.first, values: { n } } : { title: words.activity.firstEqual };
  if (run.kind === 'pull')
    return n ? { title: words.activity.pulled, values: { n } } : { title: words.activity.nothingPulled };
  const commits = run.commits.length;
  if (!commits) return { title: words.activity.nothingPushed };
  if (commits === 1 && run.title)
    return { title: words.activity.pushedOne, values: { message: clip(run.title, 120) } };
  return { title: words.activity.pushed, values: { n: commits } };
}

/** Counts the files that a run changed, apart from those that it put back on GitLab. */
export const filesOf = ({ counts }: Run): number => counts.created + counts.updated + counts.deleted;

/** Names the person or the trigger that started a run. */
export function byWhom({ trigger, requestedBy, counts }: Run): { phrase: Phrase; values?: Values } {
  const name = requestedBy ?? '';
  if (trigger === 'auto') return { phrase: words.activity.automatically };
  // A person decided on files that were put back, whatever reported their deletion.
  if (trigger === 'webhook' && !counts.putBack) return { phrase: words.activity.byWebhook };
  if (trigger === 'poll' && !counts.putBack) return { phrase: words.activity.regularCheck };
  if (name) return { phrase: words.activity.byPerson, values: { name: clip(name, 60) } };
  return { phrase: trigger === 'manual' ? words.activity.byHand : '' };
}

/** Returns the commit that a run pushed or pulled. */
export const commitOf = ({ kind, commits, head }: Run): string | null =>
  kind === 'push' ? (commits.at(-1) ?? null) : (head ?? commits.at(-1) ?? null);
