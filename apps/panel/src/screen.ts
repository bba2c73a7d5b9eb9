import type { Status } from './contract';
import { faultWords } from './faults';
import type { IconName } from './icons';
import { isQuiet, proposedIn } from './proposal';
import type { Phrase, Values } from './say';
import { words } from './words';

export type ViewName =
  | 'skeleton'
  | 'signed-out'
  | 'forbidden'
  | 'connect'
  | 'not-connected'
  | 'account'
  | 'configure'
  | 'no-project'
  | 'deletions'
  | 'banner'
  | 'closed'
  | 'notice'
  | 'state'
  | 'webhook'
  | 'worth'
  | 'waiting'
  | 'activity'
  | 'settings';

export type Tone = 'good' | 'wait' | 'busy' | 'neutral' | 'off';

export interface Pill {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly text: Phrase;
  readonly values?: Values;
  /** The time of the next attempt, or of the reported event; replaces `{in}` and `{time}`. */
  readonly at?: string | null;
  readonly href?: string;
  readonly line: 'whole' | 'busy' | 'cut';
}

export interface Screen {
  readonly views: readonly ViewName[];
  readonly pill: Pill | null;
  /** Shows a line below the rail for work that continues by itself. */
  readonly quiet: boolean;
  readonly primary: 'push' | 'pull' | null;
}

export interface ScreenInput {
  readonly status: Status | null;
  readonly access: 'ok' | 'signed-out' | 'forbidden';
  readonly admin: boolean;
  readonly live: 'fresh' | 'stale' | 'offline';
  /** Time of the last response. */
  readonly seenAt: string | null;
}

/** Returns the views for the last known state of the sync. The first rule that matches decides. */
export function screenOf({ status, access, admin, live, seenAt }: ScreenInput): Screen {
  if (access === 'signed-out') return only('signed-out');
  if (access === 'forbidden') return only('forbidden');
  if (!status) return only('skeleton');
  if (status.state === 'disconnected') return only(admin ? 'connect' : 'not-connected');
  if (status.state === 'connected') return admin ? only('account', 'configure') : only('no-project');
  const screen = admin ? configured(status) : forMembers(configured(status));
  if (live === 'fresh') return screen;
  const grey = { icon: 'clock', tone: 'off', text: words.pill.asOf, at: seenAt, line: 'cut' } as const;
  return { ...screen, pill: grey };
}

function configured(status: Status): Screen {
  const { health, sync } = status;
  const code = sync.error?.code;
  if (sync.lastRun?.status === 'awaiting_confirmation' || (health === 'attention' && asksToDelete(code)))
    return screen(stopped(words.pill.waitingForYou), ['deletions', 'state', 'activity', 'settings']);
  if (health === 'attention' && !sync.error) {
    const { views, ...rest } = settled(status);
    return { ...rest, views: ['notice', ...views] };
  }
  if (health === 'attention') return attention(status);
  if (health === 'failing') return { ...screen(retrying(status), ['state', ...below(status)]), quiet: true };
  if (health === 'syncing') return syncing(status);
  return settled(status);
}

/** Returns the screen without the views and actions that are only for admins. */
function forMembers(screen: Screen): Screen {
  const views = screen.views.filter((view) => view !== 'settings' && view !== 'webhook');
  const { pill } = screen;
  const waitsForAdmin = pill?.text === words.pill.waitingForYou;
  return {
    ...screen,
    ...(waitsForAdmin && { pill: { ...pill, text: words.pill.waitingForAdmin } }),
    views,
    primary: null,
  };
}

function attention(status: Status): Screen {
  const { stop, stops } = faultWords(status.sync.error!.code);
  if (stop === 'worth') {
    const held = { n: Math.max(1, status.sync.quarantined) };
    const pill = { ...stopped(words.pill.heldBack), values: held };
    return screen(pill, ['state', ...waiting(status), 'worth', 'activity', 'settings']);
  }
  if (stop === 'closed')
    return screen(stopped(words.pill.waitingForYou), ['closed', 'state', ...below(status)]);
  const text = stops === 'push' ? words.pill.pushStopped : words.pill.stopped;
  return screen(stopped(text), ['banner', 'state', ...below(status)]);
}

function syncing(status: Status): Screen {
  const { lastRun } = status.sync;
  if (isQuiet(status)) {
    const pill = { ...toPush(status), icon: 'clock', tone: 'busy' } as const;
    return screen(pill, ['state', ...below(status)]);
  }
  if (lastRun?.kind === 'initial' && lastRun.status === 'cancelled')
    return screen(stopped(words.pill.firstCancelled), ['state', 'settings']);
  if (!lastRun || lastRun.kind === 'initial') {
    const hook: ViewName[] = neverDelivered(status) ? ['webhook'] : [];
    return screen(busy(words.pill.firstSync), ['state', ...hook, 'settings']);
  }
  const { done, total } = lastRun.progress;
  const [counted, plain] =
    lastRun.kind === 'push'
      ? [words.pill.pushing, words.pill.pushingNow]
      : [words.pill.pulling, words.pill.pullingNow];
  const pill = total > 1 ? { ...busy(counted), values: { done, total } } : busy(plain);
  return screen(pill, ['state', ...worth(status), 'activity', 'settings']);
}

/** Shows the changes that wait on either side, or that both sides are equal, while no run is active. */
function settled(status: Status): Screen {
  const { sync, project, files } = status;
  const rest: ViewName[] = [...worth(status), 'activity', 'settings'];
  if (sync.pendingPush > 0) return screen(toPush(status), ['state', ...below(status)], 'push');
  if (sync.pendingPull) return screen(neutral('down', words.pill.toPull), ['state', ...rest], 'pull');
  const n = proposedIn(status);
  if (n > 0) {
    const href = project?.mergeRequest?.webUrl;
    const pill = { ...neutral('fork', words.pill.proposed), values: { n }, ...(href && { href }) };
    return screen(pill, ['state', ...rest]);
  }
  const apart = files.gitlabAhead + files.dotAhead;
  if (apart > 0) {
    const primary = files.gitlabAhead ? 'pull' : 'push';
    const pill = { ...neutral(primary === 'pull' ? 'down' : 'up', words.pill.differs), values: { n: apart } };
    return screen(pill, ['state', ...rest], primary);
  }
  const pill: Pill = { icon: 'check', tone: 'good', text: words.pill.inSync, line: 'whole' };
  return screen(pill, ['state', ...rest]);
}

function retrying({ sync }: Status): Pill {
  return { icon: 'clock', tone: 'busy', text: words.pill.retry, at: sync.nextAttemptAt, line: 'busy' };
}

const only = (...views: ViewName[]): Screen => screen(null, views);
const screen = (pill: Pill | null, views: ViewName[], primary: Screen['primary'] = null): Screen => ({
  views,
  pill,
  quiet: false,
  primary,
});
const stopped = (text: Phrase): Pill => ({ icon: 'pause', tone: 'wait', text, line: 'cut' });
const busy = (text: Phrase): Pill => ({ icon: 'spin', tone: 'busy', text, line: 'busy' });
const toPush = ({ sync }: Status): Pill => ({
  ...neutral('up', words.pill.toPush),
  values: { n: sync.pendingPush },
});
const neutral = (icon: IconName, text: Phrase): Pill => ({ icon, tone: 'neutral', text, line: 'whole' });
const waiting = ({ sync }: Status): ViewName[] => (sync.pendingPush > 0 ? ['waiting'] : []);
const worth = ({ sync }: Status): ViewName[] => (sync.conflicts + sync.quarantined > 0 ? ['worth'] : []);
const below = (status: Status): ViewName[] => [...waiting(status), ...worth(status), 'activity', 'settings'];
const neverDelivered = ({ webhook }: Status): boolean => webhook !== null && !webhook.lastDeliveryAt;

/** Checks for deletions that a person answered with "not now": the files differ until someone decides. */
const asksToDelete = (code: string | undefined): boolean => code === 'mass_delete_unconfirmed';
