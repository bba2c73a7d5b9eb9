import { useId, useRef, useState } from 'preact/hooks';
import { useAct, type Act } from '../acts';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Disclosure } from '../parts/disclosure';
import { Field, focusFault } from '../parts/field';
import { Heading } from '../parts/heading';
import { Rich } from '../parts/rich';
import { SecretInput } from '../parts/secret';
import { TokenFault, WhereToken } from '../parts/token-help';
import { faultWords } from '../faults';
import { instanceOf } from '../instance-url';
import { useSession } from '../session';
import { words } from '../words';

/** Renders the first step: a token, and for self-hosted GitLab the instance. */
export function Connect() {
  const session = useSession();
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const [token, setToken] = useState('');
  const [url, setUrl] = useState('');
  const [missing, setMissing] = useState(false);
  const at = placeOf(act);
  const connect = async () => {
    setMissing(!token.trim());
    if (!token.trim()) return focusFault(form);
    const done = await act.run(async () => {
      const { client, path } = session.api;
      const body = { token: token.trim(), ...(url.trim() && { instanceUrl: url.trim() }) };
      await session.api.take(client.PUT('/api/v1/orgs/{org}/gitlab/connection', { params: { path }, body }));
      await session.live.refresh();
    });
    if (!done) focusFault(form);
  };
  return (
    <>
      <section class="card" part="card" aria-labelledby={id}>
        <form
          ref={form}
          class="body stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void connect();
          }}
        >
          <Heading level={2} id={id}>
            {session.say(words.connect.title)}
          </Heading>
          <Field
            label={session.say(words.connect.label)}
            help={<Rich of={words.connect.help} />}
            fault={
              missing
                ? session.say(words.connect.empty)
                : at === 'token' && <TokenFault fault={act.fault.value!} instanceUrl={instanceOf(url)} />
            }
          >
            {(ids) => (
              <SecretInput
                ids={ids}
                value={token}
                placeholder={session.say(words.connect.placeholder)}
                showLabel={session.say(words.connect.show)}
                onValue={(value) => {
                  setToken(value);
                  setMissing(false);
                }}
              />
            )}
          </Field>
          <div class="asides">
            <WhereToken />
            <SelfHosted url={url} onUrl={setUrl} act={act} at={at} />
          </div>
          <div class="row">
            <Button kind="primary" wide submit busy={act.busy.value && session.say(words.connect.busy)}>
              {session.say(words.connect.submit)}
            </Button>
          </div>
          {at === 'button' && <ActNote act={act} />}
        </form>
      </section>
      <Next />
    </>
  );
}

function SelfHosted({
  url,
  onUrl,
  act,
  at,
}: {
  readonly url: string;
  readonly onUrl: (url: string) => void;
  readonly act: Act;
  readonly at: string | null;
}) {
  const session = useSession();
  const fault = at === 'url' ? act.fault.value : null;
  return (
    <Disclosure summary={session.say(words.connect.selfHosted)} open={fault !== null}>
      <Field
        label={session.say(words.connect.url)}
        help={<Rich of={words.connect.urlHelp} values={{ url: instanceOf(url) }} />}
        fault={
          fault && (
            <>
              <b>
                <Rich of={faultWords(fault.code).title} values={{ url: instanceOf(url) }} />.
              </b>{' '}
              {fault.fields[0]?.detail ?? fault.detail}
            </>
          )
        }
      >
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="url"
            inputMode="url"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            placeholder={session.say(words.connect.urlPlaceholder)}
            value={url}
            onInput={(event) => onUrl(event.currentTarget.value)}
          />
        )}
      </Field>
    </Disclosure>
  );
}

function Next() {
  const session = useSession();
  const id = useId();
  return (
    <section class="stack tight" aria-labelledby={id}>
      <Heading level={2} id={id} class="label">
        {session.say(words.connect.next)}
      </Heading>
      <ol class="steps">
        {[words.connect.next1, words.connect.next2, words.connect.next3].map((step, at) => (
          <li key={at}>
            <span>{session.say(step)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Returns the part of the form that shows the fault. */
function placeOf(act: Act): 'token' | 'url' | 'button' | null {
  const fault = act.fault.value;
  if (!fault) return null;
  const [first] = fault.fields;
  if (fault.code === 'validation_failed' && first) return first.field === 'instanceUrl' ? 'url' : 'token';
  const { at } = faultWords(fault.code);
  return at === 'token' || at === 'url' ? at : 'button';
}
