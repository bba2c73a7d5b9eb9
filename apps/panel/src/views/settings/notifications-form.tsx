import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import type { Notifications, NotificationsChange, TestResult } from '../../contract';
import {
  changeNotifications,
  changeOf,
  draftOf,
  newSecret,
  testNotifications,
  type NotificationsDraft,
} from '../../notifications';
import { ActNote } from '../../parts/act-note';
import { Button, LinkButton } from '../../parts/button';
import { Field, focusFault } from '../../parts/field';
import type { Phrase } from '../../say';
import { useSession } from '../../session';
import { words } from '../../words';
import { Failures, TestResults } from './notification-results';

interface FormProps {
  readonly present: Notifications;
  readonly onChanged: (next: Notifications) => void;
}

/** Changes the channels of the organization, and tests them. */
export function NotificationsForm({ present, onChanged }: FormProps) {
  const session = useSession();
  const [saving, testing] = [useAct(), useAct()];
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => draftOf(present));
  const [results, setResults] = useState<readonly TestResult[] | null>(null);
  const text = words.notifications;
  const say = (phrase: Phrase, host = '') => session.say(phrase, { host });
  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const store = async (change: NotificationsChange) => {
    const done = await saving.run(async () => {
      const next = await changeNotifications(session, change);
      onChanged(next);
      setDraft(draftOf(next));
      setResults(null);
      return say(text.saved);
    });
    if (!done) focusFault(form);
  };
  const test = () => testing.run(async () => setResults(await testNotifications(session)));
  const set = (name: keyof NotificationsDraft, value: string) => setDraft({ ...draft, [name]: value });
  const field = (name: keyof NotificationsDraft, of: string, label: Phrase, help: string) => (
    <Field
      label={say(label)}
      help={help}
      fault={saving.fault.value?.fields.find(({ field }) => field.startsWith(of))?.detail}
    >
      {(ids) => {
        const Control = name === 'email' ? 'textarea' : 'input';
        return (
          <Control
            {...ids}
            class={name === 'email' ? 'input mono area' : 'input mono'}
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            value={draft[name]}
            onInput={(event: Event) => set(name, (event.currentTarget as HTMLInputElement).value)}
          />
        );
      }}
    </Field>
  );
  const host = present.slack && new URL(present.slack.url).host;
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void store(changeOf(present, draft));
      }}
    >
      <p class="sub small">{say(text.lead)}</p>
      <Failures channels={present.channels} />
      {field('chat', 'slack', text.chat, host ? say(text.chatNow, host) : say(text.chatHelp))}
      {host && (
        <div>
          <LinkButton class="small" onClick={() => void store({ slack: null })}>
            {say(text.remove, host)}
          </LinkButton>
        </div>
      )}
      {present.emailAvailable ? (
        field('email', 'email', text.addresses, say(text.addressesHelp))
      ) : (
        <p class="sub small">{say(text.noEmail)}</p>
      )}
      {field('url', 'webhook.url', text.url, say(text.urlHelp))}
      {draft.url.trim() && (
        <>
          {field(
            'secret',
            'webhook.secret',
            text.secret,
            say(present.webhook ? text.secretKept : text.secretHelp),
          )}
          <div>
            <LinkButton class="small" onClick={() => set('secret', newSecret())}>
              {say(text.make)}
            </LinkButton>
          </div>
        </>
      )}
      <div class="row">
        <Button kind="primary" submit busy={saving.busy.value && say(words.page.saving)}>
          {say(words.page.save)}
        </Button>
        <Button kind="plain" onClick={() => void test()} busy={testing.busy.value && say(text.testing)}>
          {say(text.test)}
        </Button>
      </div>
      {!saving.fault.value?.fields.length && <ActNote act={saving} />}
      <ActNote act={testing} />
      {results && <TestResults results={results} />}
    </form>
  );
}
