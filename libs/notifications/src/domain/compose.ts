import { foldConflicts, foldFiles } from './fold-files';
import type { Draft, Others } from './message';
import type { Notice, NoticeKind } from './notice';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** Most messages to the people of one org in an hour. */
export const MOST_PER_HOUR = 10;
/** Files are reported when the sync is at rest, because a push may keep out again the files that a pull let in. */
const LOOK_AGAIN_MS = 10 * SECOND_MS;
/** Longest time that files wait for the sync to come to rest. */
const LONGEST_UNREST_MS = 15 * 60 * SECOND_MS;

/** A notice that was decided and is in no message yet. */
export interface WaitingNotice {
  readonly position: string;
  readonly at: Date;
  readonly notice: Notice;
}

/** A message of the last hour. */
export interface SentMessage {
  readonly at: Date;
  readonly kind: NoticeKind;
}

export interface Circumstances {
  readonly now: Date;
  /** The messages of the last hour. */
  readonly sent: readonly SentMessage[];
  /** True if no run is queued or under way. */
  readonly atRest: boolean;
  /** `Infinity` for a host, which decides itself. */
  readonly mostPerHour: number;
}

export interface Composed {
  readonly drafts: readonly Draft[];
  /** Positions of the notices that are in the messages, or that came to nothing. */
  readonly taken: readonly string[];
  /** When to compose again from the other notices; null if there are none. */
  readonly again: Date | null;
}

interface Group {
  /** Null if the notices came to nothing. */
  readonly notice: Notice | null;
  readonly positions: readonly string[];
}

/**
 * Decides which messages report the waiting notices: conflicts at most once an hour, files when the sync is at rest, and
 * no more messages in an hour than allowed. The last allowed message counts the notices that it does not report.
 */
export function compose(waiting: readonly WaitingNotice[], given: Circumstances): Composed {
  const { groups, again: times } = ready(waiting, given);
  const told = groups.flatMap(({ notice }) => notice ?? []);
  const left = given.mostPerHour - given.sent.length;
  if (told.length && left <= 0) {
    const oldest = Math.min(...given.sent.map(({ at }) => at.getTime()));
    return { drafts: [], taken: [], again: earliest([...times, oldest + HOUR_MS]) };
  }
  return {
    drafts: draftsOf(told, left),
    taken: groups.flatMap(({ positions }) => positions),
    again: earliest(times),
  };
}

function ready(waiting: readonly WaitingNotice[], given: Circumstances) {
  const of = (...kinds: NoticeKind[]) => waiting.filter(({ notice }) => kinds.includes(notice.kind));
  const conflicts = of('conflicts_kept');
  const files = of('files_kept_out', 'files_let_in');
  const others = waiting.filter((one) => !conflicts.includes(one) && !files.includes(one));
  const groups: Group[] = others.map(({ notice, position }) => ({ notice, positions: [position] }));
  const again: number[] = [];
  const now = given.now.getTime();

  const digest = given.sent.findLast(({ kind }) => kind === 'conflicts_kept');
  if (conflicts.length && digest) again.push(digest.at.getTime() + HOUR_MS);
  else if (conflicts.length) groups.push(together(conflicts, foldConflicts(noticesOf(conflicts))));

  const unrest = files.length > 0 && !given.atRest && now - files[0].at.getTime() < LONGEST_UNREST_MS;
  if (unrest) again.push(now + LOOK_AGAIN_MS);
  else if (files.length) {
    const [first, ...more] = [...foldFiles(noticesOf(files)), null];
    groups.push(together(files, first), ...more.map((notice) => ({ notice, positions: [] })));
  }
  return { groups, again };
}

const together = (waiting: readonly WaitingNotice[], notice: Notice | null): Group => ({
  notice,
  positions: waiting.map(({ position }) => position),
});

const noticesOf = (waiting: readonly WaitingNotice[]): Notice[] => waiting.map(({ notice }) => notice);

/** Reports each notice if there is room. Otherwise the last message reports the state of the sync and counts the others. */
function draftsOf(notices: readonly Notice[], left: number): Draft[] {
  if (notices.length <= left) return notices.map((notice) => ({ notice, others: {} }));
  const each = notices.slice(0, left - 1).map((notice) => ({ notice, others: {} }));
  const rest = notices.slice(left - 1);
  const state = rest.findLast(({ kind }) => kind === 'needs_person' || kind === 'works_again');
  const notice = state ?? rest[rest.length - 1];
  return [...each, { notice, others: counted(rest.filter((other) => other !== notice)) }];
}

function counted(notices: readonly Notice[]): Others {
  const counts: Partial<Record<NoticeKind, number>> = {};
  for (const { kind } of notices) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const earliest = (times: readonly number[]): Date | null =>
  times.length ? new Date(Math.min(...times)) : null;
