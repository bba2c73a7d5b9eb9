import { useId } from 'preact/hooks';
import { changeKey, usePages } from '../load';
import { Blanks } from '../parts/blanks';
import { Heading } from '../parts/heading';
import { Icon } from '../parts/icon';
import { ShowMore } from '../parts/show-more';
import { Time } from '../parts/time';
import { isQuiet } from '../proposal';
import { clip } from '../say';
import { useSession } from '../session';
import { words } from '../words';
import type { HistoryEntry } from '../contract';

const MOST_BLANKS = 10;

/** Lists the changes in Dot that are not committed yet, oldest first. */
export function Waiting() {
  const session = useSession();
  const id = useId();
  const { items, hasMore, more, busy } = usePages(async ({ api }, cursor) => {
    const query = { pending: true, limit: 50, ...(cursor && { cursor }) } as never;
    const asked = api.client.GET('/api/v1/orgs/{org}/context/history', { params: { path: api.path, query } });
    return api.take(asked);
  }, changeKey(session));
  if (items && !items.length) return null;
  return (
    <section class="card" part="card" aria-labelledby={id}>
      <div class="head">
        <Heading level={2} id={id}>
          {session.say(words.waiting.title)}
        </Heading>
        <NextPush />
      </div>
      {!items && <Blanks rows={Math.min(MOST_BLANKS, session.status.value!.sync.pendingPush)} />}
      <ul class="lines" hidden={!items}>
        {changesOf(items ?? []).map(({ entry, paths }) => (
          <li key={entry.changeId}>
            <Icon name="clock" class="quiet" />
            <p>
              {entry.message ? clip(firstLine(entry.message)) : null}{' '}
              <span class="sub small">
                <code dir="ltr" title={entry.path}>
                  {clip(entry.path, 80)}
                </code>{' '}
                {paths > 1 && <>{session.say(words.waiting.more, { n: paths - 1 })} </>}·{' '}
                <bdi>
                  {entry.origin === 'agent' ? session.say(words.waiting.byDot) : clip(entry.author.name, 60)}
                </bdi>
              </span>
            </p>
            <Time at={entry.at} style="clock" class="when" />
          </li>
        ))}
      </ul>
      {hasMore && <ShowMore more={more} busy={busy} />}
    </section>
  );
}

/** Says how the changes get into a merge request. */
function NextPush() {
  const session = useSession();
  const status = session.status.value!;
  const { publish, mergeRequest: merge, quietSeconds } = status.project!;
  if (publish === 'direct' || merge?.state === 'retargeted') return null;
  const phrase = isQuiet(status)
    ? words.proposal.quiet
    : merge?.state === 'opened'
      ? words.proposal.into
      : words.proposal.intoNew;
  return <p class="sub small">{session.say(phrase, { iid: `${merge?.iid}`, n: quietSeconds })}</p>;
}

export const firstLine = (message: string): string => message.split('\n', 1)[0];

/** Groups files into one row for each change. The oldest is first, in the order of the push. */
function changesOf(items: readonly HistoryEntry[]): { entry: HistoryEntry; paths: number }[] {
  const changes = new Map<string, { entry: HistoryEntry; paths: number }>();
  for (const entry of items) {
    const known = changes.get(entry.changeId);
    if (known) known.paths++;
    else changes.set(entry.changeId, { entry, paths: 1 });
  }
  return [...changes.values()].sort((one, other) => one.entry.revision - other.entry.revision);
}
