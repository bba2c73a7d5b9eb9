import { useId, useState } from 'preact/hooks';
import type { Run } from '../contract';
import { changeKey, usePages } from '../load';
import { Blanks } from '../parts/blanks';
import { LinkButton } from '../parts/button';
import { Heading } from '../parts/heading';
import { Icon } from '../parts/icon';
import { Rich, Sha } from '../parts/rich';
import { ShowMore } from '../parts/show-more';
import { Time } from '../parts/time';
import { byWhom, commitOf, runWords } from '../run-words';
import { clip } from '../say';
import { useSession } from '../session';
import { words } from '../words';
import { RunDetails } from './activity/run-details';

const FEW = 3;

/** Lists the last runs, and all runs on demand. */
export function Activity() {
  const session = useSession();
  const id = useId();
  const [all, setAll] = useState(false);
  const { items, hasMore, more, busy } = usePages<Run>(
    async ({ api }, cursor) => {
      const query = { limit: all ? 50 : FEW, ...(cursor && { cursor }) };
      const asked = api.client.GET('/api/v1/orgs/{org}/gitlab/runs', { params: { path: api.path, query } });
      return (await api.take(asked)) as never;
    },
    `${all} ${changeKey(session)}`,
  );
  return (
    <section class="card" part="card" aria-labelledby={id}>
      <div class="head row">
        <Heading level={2} id={id}>
          {session.say(words.activity.title)}
        </Heading>
        <span class="push small row">
          {(all || hasMore) && (
            <LinkButton onClick={() => setAll(!all)} expanded={all}>
              {session.say(all ? words.activity.fewer : words.activity.allRuns)}
            </LinkButton>
          )}
          <LinkButton onClick={() => (session.dialog.value = { name: 'files' })}>
            {session.say(words.activity.allFiles)}
          </LinkButton>
        </span>
      </div>
      {!items ? (
        <Blanks rows={FEW} />
      ) : items.length ? (
        <ul class="lines">
          {(all ? items : items.slice(0, FEW)).map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </ul>
      ) : (
        <div class="body sub">{session.say(words.activity.empty)}</div>
      )}
      {all && hasMore && <ShowMore more={more} busy={busy} label={words.activity.older} />}
    </section>
  );
}

function RunLine({ run }: { run: Run }) {
  const session = useSession();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { icon, tone, title, values } = runWords(run, (phrase, filled) => session.say(phrase, filled));
  const { phrase, values: whom } = byWhom(run);
  const commit = commitOf(run);
  const author = run.author?.name ?? '';
  return (
    <li class={open ? 'opened' : undefined}>
      <Icon name={icon} class={tone} />
      <p>
        <button
          class="title"
          type="button"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          <Rich of={title} values={values} />
        </button>{' '}
        <span class="sub small">
          {session.say(phrase, whom)}
          {commit && (
            <>
              {phrase && ' · '}
              <Sha id={commit} /> {author && <bdi>{clip(author, 60)}</bdi>}
            </>
          )}
        </span>
      </p>
      <Time at={run.finishedAt ?? run.startedAt ?? run.createdAt} class="when" />
      {open && (
        <div class="more" id={id}>
          <RunDetails run={run} />
        </div>
      )}
    </li>
  );
}
