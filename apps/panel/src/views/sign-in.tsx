import { useId, useRef, useState } from 'preact/hooks';
import { claimsOf } from '../claims';
import { Button } from '../parts/button';
import { Field, focusFault } from '../parts/field';
import { Heading } from '../parts/heading';
import { Rich } from '../parts/rich';
import { SecretInput } from '../parts/secret';
import { useSession } from '../session';
import { words } from '../words';

/** Asks for the token that `npm run token` prints, on the standalone page. */
export function SignIn({ onToken }: { onToken: (token: string, org: string) => void }) {
  const session = useSession();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [token, setToken] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const submit = () => {
    const text = token.trim();
    const org = claimsOf(text)?.org;
    if (org) return onToken(text, org);
    setFault(session.say(text ? words.signIn.unreadable : words.signIn.empty));
    focusFault(form);
  };
  return (
    <main class="panel">
      <header>
        <Heading level={1}>{session.say(words.page.title)}</Heading>
        <p class="lead">{session.say(words.page.lead)}</p>
      </header>
      <div class="stack page">
        <section class="card" part="card" aria-labelledby={id}>
          <form
            ref={form}
            class="body stack"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <Heading level={2} id={id}>
              {session.say(words.signIn.title)}
            </Heading>
            <Field
              label={session.say(words.signIn.label)}
              help={<Rich of={words.signIn.help} />}
              fault={fault}
            >
              {(ids) => (
                <SecretInput
                  ids={ids}
                  value={token}
                  showLabel={session.say(words.signIn.show)}
                  onValue={(value) => {
                    setToken(value);
                    setFault(null);
                  }}
                />
              )}
            </Field>
            <div class="row">
              <Button kind="primary" wide submit>
                {session.say(words.signIn.submit)}
              </Button>
            </div>
          </form>
        </section>
      </div>
    </main>
  );
}
