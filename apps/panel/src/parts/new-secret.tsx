import { useRef } from 'preact/hooks';
import { useSession } from '../session';
import { words } from '../words';
import { Copy } from './copy';
import { Field } from './field';

/** Shows a secret that was just created. */
export function NewSecret({ secret }: { secret: string }) {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const label = session.say(words.webhook.secret);
  return (
    <Field label={label}>
      {(ids) => (
        <div class="with">
          <input {...ids} ref={input} class="input mono" dir="ltr" readOnly value={secret} />
          <Copy what={label} text={() => secret} select={() => input.current?.select()} />
        </div>
      )}
    </Field>
  );
}
