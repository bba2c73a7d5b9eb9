import { useRef } from 'preact/hooks';
import { useAct } from '../acts';
import type { WebhookSecret } from '../contract';
import { readSecret } from '../secrets';
import { useSession } from '../session';
import { ActNote } from './act-note';
import { Copy } from './copy';
import { Field } from './field';
import { ShowButton, useShown } from './secret';

/** Shows a secret for half a minute on request. Until then the page does not contain it. */
export function SecretField({
  label,
  showLabel,
  of,
}: {
  readonly label: string;
  readonly showLabel: string;
  readonly of: (secret: WebhookSecret) => string;
}) {
  const session = useSession();
  const act = useAct();
  const [shown, setShown] = useShown();
  const input = useRef<HTMLInputElement>(null);
  const toggle = () =>
    shown === null ? void act.run(async () => setShown(of(await readSecret(session)))) : setShown(null);
  return (
    <div class="stack tight">
      <Field label={label}>
        {(ids) => (
          <div class="with">
            <input
              {...ids}
              ref={input}
              class="input mono"
              dir="ltr"
              readOnly
              type={(shown === null ? 'password' : 'text') as 'password'}
              value={shown ?? '\u2022'.repeat(28)}
            />
            <ShowButton shown={shown !== null} label={showLabel} onClick={toggle} />
            <Copy
              what={label}
              text={async () => of(await readSecret(session))}
              select={() => {
                // Without a clipboard the secret must be visible to be copied.
                void act.run(async () => {
                  setShown(of(await readSecret(session)));
                  requestAnimationFrame(() => input.current?.select());
                });
              }}
              onFault={(error) => void act.run(() => Promise.reject(error as Error))}
            />
          </div>
        )}
      </Field>
      <ActNote act={act} />
    </div>
  );
}
