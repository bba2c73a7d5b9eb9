import { useRef, useState } from 'preact/hooks';
import { useAct } from '../acts';
import type { WebhookSecret } from '../contract';
import { faultWords } from '../faults';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field, focusFault } from '../parts/field';
import { NewSecretDialog } from '../parts/new-secret';
import { SecretInput } from '../parts/secret';
import { TokenFault, WhereToken } from '../parts/token-help';
import { readSecret } from '../secrets';
import { useSession } from '../session';
import { words } from '../words';

/** Codes that mean that stored secrets can no longer be decrypted: only a reconnect helps. */
const UNREADABLE = ['secret_unreadable', 'vault_key_unknown'];

/** Replaces the token of the connection, or reconnects if that is impossible. */
export function TokenDialog() {
  const session = useSession();
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const [token, setToken] = useState('');
  const [missing, setMissing] = useState(false);
  const [secret, setSecret] = useState<WebhookSecret | null>(null);
  const { connection, sync, project } = session.status.value ?? {};
  const instanceUrl = connection?.instanceUrl ?? '';
  const unreadable = UNREADABLE.includes(sync?.error?.code ?? '');
  const fault = act.fault.value;
  const another = fault?.code === 'token_of_another_user';
  const close = () => (session.dialog.value = null);

  const replace = async (reconnect: boolean) => {
    setMissing(!token.trim());
    if (!token.trim()) return focusFault(form);
    const done = await act.run(async () => {
      const { client, path } = session.api;
      const route = '/api/v1/orgs/{org}/gitlab/connection';
      const body = { token: token.trim() };
      if (reconnect) {
        await session.api.take(client.PUT(route, { params: { path }, body: { ...body, instanceUrl } }));
        if (project) setSecret(await readSecret(session));
      } else await session.api.take(client.PATCH(route, { params: { path }, body }));
      await session.live.refresh();
    });
    if (!done) return focusFault(form);
    if (!reconnect || !project) close();
  };

  if (secret !== null) {
    const title = session.say(words.token.title);
    return <NewSecretDialog title={title} lead={session.say(words.token.newSecret)} secret={secret} />;
  }
  const shown = fault && faultWords(fault.code).at === 'token';
  const reconnect = unreadable || another;
  return (
    <Dialog
      title={session.say(words.token.title)}
      lead={session.say(unreadable ? words.token.textReconnect : words.token.text)}
      onClose={close}
      foot={
        <>
          <Button
            kind="primary"
            wide
            busy={act.busy.value && session.say(words.connect.busy)}
            onClick={() => void replace(reconnect)}
          >
            {session.say(reconnect ? words.token.reconnect : words.token.submit)}
          </Button>
          <Button wide onClick={close}>
            {session.say(words.page.cancel)}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void replace(reconnect);
        }}
      >
        <Field
          label={session.say(words.token.label)}
          fault={
            missing
              ? session.say(words.connect.empty)
              : shown && <TokenFault fault={fault} instanceUrl={instanceUrl} />
          }
        >
          {(ids) => (
            <SecretInput
              ids={ids}
              autofocus
              value={token}
              placeholder={session.say(words.connect.placeholder)}
              showLabel={session.say(words.connect.show)}
              onValue={(value) => {
                setToken(value);
                setMissing(false);
                act.forget();
              }}
            />
          )}
        </Field>
        {another && <p class="sub small">{session.say(words.token.textReconnect)}</p>}
        <WhereToken />
        {fault && !shown && <ActNote act={act} values={{ url: instanceUrl }} />}
      </form>
    </Dialog>
  );
}
