import { useRef } from 'preact/hooks';
import type { WebhookSecret } from '../contract';
import { useSession } from '../session';
import { words } from '../words';
import { Button } from './button';
import { Copy } from './copy';
import { Dialog } from './dialog';
import { Field } from './field';

/** Shows the secrets of a webhook that were just created, until the admin closes them. */
export function NewSecretDialog({
  title,
  lead,
  secret: { secret, signingToken },
}: {
  readonly title: string;
  readonly lead: string;
  readonly secret: WebhookSecret;
}) {
  const session = useSession();
  const close = () => (session.dialog.value = null);
  return (
    <Dialog
      title={title}
      lead={lead}
      onClose={close}
      foot={
        <Button kind="primary" wide onClick={close}>
          {session.say(words.token.done)}
        </Button>
      }
    >
      <Shown label={session.say(words.webhook.secret)} text={secret} />
      {signingToken !== null && <Shown label={session.say(words.webhook.signingToken)} text={signingToken} />}
    </Dialog>
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
