import { useId } from 'preact/hooks';
import { useAct } from '../acts';
import { sync as startSync } from '../commands';
import type { Conflict, FileState } from '../contract';
import { blobUrl } from '../gitlab-urls';
import { changeKey, usePages } from '../load';
import { ActNote } from '../parts/act-note';
import { Blanks } from '../parts/blanks';
import { LinkButton } from '../parts/button';
import { Heading } from '../parts/heading';
import { Icon } from '../parts/icon';
import { Out, Rich } from '../parts/rich';
import { ShowMore } from '../parts/show-more';
import { Time } from '../parts/time';
import { bare, isDots, mayBeSent } from '../reasons';
import { useSession } from '../session';
import { words } from '../words';

const MOST_BLANKS = 10;

/** Lists issues that stop nothing: resolved conflicts, and files that are kept out. */
export function Worth() {
  const session = useSession();
  const id = useId();
  const key = changeKey(session);
  const conflicts = usePages<Conflict>(async ({ api }, cursor) => {
    const query = { limit: 50, ...(cursor && { cursor }) };
    const asked = api.client.GET('/api/v1/orgs/{org}/gitlab/conflicts', {
      params: { path: api.path, query },
    });
    return (await api.take(asked)) as never;
  }, key);
  const held = usePages<FileState>(async ({ api }, cursor) => {
    const query = { state: 'quarantined' as const, limit: 50, ...(cursor && { cursor }) };
    const asked = api.client.GET('/api/v1/orgs/{org}/gitlab/files', { params: { path: api.path, query } });
    return api.take(asked);
  }, key);
  const more = [conflicts, held].find(({ hasMore }) => hasMore);
  const read = conflicts.items && held.items;
  if (read && !conflicts.items?.length && !held.items?.length) return null;
  const { sync } = session.status.value!;
  return (
    <section class="card" part="card" aria-labelledby={id}>
      <div class="head">
        <Heading level={2} id={id}>
          {session.say(words.worth.title)}
        </Heading>
      </div>
      {!read && <Blanks tall rows={Math.min(MOST_BLANKS, sync.conflicts + sync.quarantined)} />}
      <ul class="lines" hidden={!read}>
        {conflicts.items?.map((conflict) => (
          <ConflictLine key={conflict.id} conflict={conflict} />
        ))}
        {held.items?.map((file) => (
          <HeldLine key={file.path} file={file} />
        ))}
      </ul>
      {more && <ShowMore more={more.more} busy={more.busy} />}
    </section>
  );
}

function ConflictLine({ conflict }: { conflict: Conflict }) {
  const session = useSession();
  const { id, path, winner, at } = conflict;
  const [won, lost] =
    winner === 'dot' ? [words.sides.dot, words.sides.gitlab] : [words.sides.gitlab, words.sides.dot];
  const values = { path, winner: session.say(won), loser: session.say(lost) };
  return (
    <li>
      <Icon name="fork" class="warn" />
      <p>
        <Rich of={words.worth.conflict} values={values} /> <Time at={at} class="small" />
      </p>
      <LinkButton class="small when" onClick={() => (session.dialog.value = { name: 'conflict', id })}>
        {session.say(words.worth.compare)}
        <span class="vh"> {path}</span>
      </LinkButton>
    </li>
  );
}

function HeldLine({ file }: { file: FileState }) {
  const session = useSession();
  const act = useAct();
  const { project } = session.status.value!;
  const { path, quarantine: reason } = file;
  if (!reason) return null;
  const phrase =
    reason.code === 'refused_by_gitlab'
      ? words.worth.refused
      : isDots(reason)
        ? words.worth.heldBack
        : words.worth.keptOut;
  const href = project && blobUrl(project, path, reason.line);
  const admin = session.admin.value;
  return (
    <li>
      <Icon name="warn" class="warn" />
      <div>
        <p>
          <Rich of={phrase} values={{ path, reason: bare(reason.message || reason.code) }} />.{' '}
          {phrase === words.worth.keptOut && session.say(words.worth.lastGood)}
        </p>
        <ActNote act={act} />
      </div>
      <span class="small when row links">
        {phrase === words.worth.keptOut && file.gitlabBlob !== null && (
          <LinkButton onClick={() => (session.dialog.value = { name: 'text', path })}>
            {session.say(words.worth.look)}
            <span class="vh">: {path}</span>
          </LinkButton>
        )}
        {phrase !== words.worth.heldBack && href && (
          <Out href={href}>
            {session.say(words.worth.open)}
            <span class="vh">: {path}</span>
          </Out>
        )}
        {admin && phrase === words.worth.refused && (
          <LinkButton onClick={() => void act.run(() => startSync(session, 'push'))}>
            {session.say(words.worth.tryAgain)}
            <span class="vh">: {path}</span>
          </LinkButton>
        )}
        {admin && mayBeSent(reason) && (
          <LinkButton onClick={() => (session.dialog.value = { name: 'send', path, reason: reason.message })}>
            {session.say(words.worth.sendAnyway)}
            <span class="vh"> {path}</span>
          </LinkButton>
        )}
      </span>
    </li>
  );
}
