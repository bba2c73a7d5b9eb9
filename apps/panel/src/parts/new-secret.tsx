import { useRef } from 'preact/hooks';
import type { WebhookSecret } from '../contract';
import { useSession } from '../session';
import { words } from '../words';
import { Copy } from './copy';
import { Field } from './field';

/** Shows the secrets of a webhook that were just created. */
export function NewSecret({ secret, signingToken }: WebhookSecret) {
  const session = useSession();
  return (
    <>
      <Shown label={session.say(words.webhook.secret)} text={secret} />
      {signingToken !== null && <Shown label={session.say(words.webhook.signingToken)} text={signingToken} />}
    </>
  );
}

function Shown({ label, text }: { label: string; text: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Field label={label}>
      {(ids) => (
        <div class="with">
          <input {...ids} ref={input} class="input mono" dir="ltr" readOnly value={text} />
          <Copy what={label} text={() => text} select={() => input.current?.select()} />
        </div>
      )}
    </Field>
  );
}
