import { useId } from 'preact/hooks';
import { Button } from '../parts/button';
import { Heading } from '../parts/heading';
import { Time } from '../parts/time';
import { useSession } from '../session';
import { words } from '../words';

/** Shows the connected account in one line. */
export function Account() {
  const session = useSession();
  const id = useId();
  const connection = session.status.value?.connection;
  if (!connection) return null;
  return (
    <section class="card" part="card" aria-labelledby={id}>
      <div class="setting">
        <div>
          <Heading level={2} id={id} class="label">
            {session.say(words.account.title, { username: connection.username })}
          </Heading>
          <AccountLine />
        </div>
        <Button kind="plain danger" onClick={() => (session.dialog.value = { name: 'disconnect' })}>
          {session.say(words.account.disconnect)}
        </Button>
      </div>
    </section>
  );
}

export function AccountLine() {
  const session = useSession();
  const connection = session.status.value?.connection;
  if (!connection) return null;
  const { instanceUrl, tokenKind, expiresAt } = connection;
  return (
    <p class="sub small">
      <bdi dir="ltr">{instanceUrl.replace(/^https?:\/\//, '')}</bdi> · {session.say(words.account[tokenKind])}
      {expiresAt && (
        <>
          {' '}
          · {session.say(words.account.expires)} <Time at={expiresAt} style="day" />
        </>
      )}
    </p>
  );
}
