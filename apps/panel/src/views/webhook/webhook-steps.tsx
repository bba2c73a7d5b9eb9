import { useRef } from 'preact/hooks';
import { useAct } from '../../acts';
import type { Webhook } from '../../contract';
import { faultWords } from '../../faults';
import { ActNote } from '../../parts/act-note';
import { Button } from '../../parts/button';
import { Copy } from '../../parts/copy';
import { Disclosure } from '../../parts/disclosure';
import { Field } from '../../parts/field';
import { Icon } from '../../parts/icon';
import { Rich } from '../../parts/rich';
import { SecretField } from '../../parts/secret-field';
import { Time } from '../../parts/time';
import { useSession } from '../../session';
import { words } from '../../words';
import { Deliveries } from './deliveries';

interface WebhookStepsProps {
  readonly webhook: Webhook;
  /** Adds parts that matter only later: deliveries, another secret. */
  readonly detailed?: boolean;
}

/** Shows the webhook that Dot registered, or three steps to add it by hand. */
export function WebhookSteps({ webhook, detailed = false }: WebhookStepsProps) {
  const session = useSession();
  const act = useAct();
  const { registered, health } = webhook;
  const register = () =>
    act.run(async () => {
      const { client, path } = session.api;
      const route = '/api/v1/orgs/{org}/gitlab/webhook/register';
      const { test } = await session.api.take(client.POST(route, { params: { path } }));
      await session.live.refresh();
      return test.ok ? session.say(words.webhook.registered) : test.detail;
    });
  const broken = registered !== 'none' && health !== 'healthy';
  const denied = act.fault.value && faultWords(act.fault.value.code).at === 'webhook';
  return (
    <div class="stack">
      <div class="stack tight">
        <div class="row">
          <Button
            onClick={() => void register()}
            busy={act.busy.value && session.say(words.webhook.registering)}
          >
            {session.say(
              registered === 'automatic' || broken ? words.webhook.registerAgain : words.webhook.register,
            )}
          </Button>
          <span class="sub small">
            {session.say(registered === 'automatic' ? words.webhook.automatic : words.webhook.needs)}
          </span>
          {detailed && (
            <Button kind="plain" push onClick={() => (session.dialog.value = { name: 'rotate' })}>
              {session.say(words.webhook.rotate)}
            </Button>
          )}
        </div>
        <ActNote act={act} />
      </div>
      <Disclosure
        summary={session.say(words.webhook.byHand)}
        class="stack"
        open={Boolean(denied) || registered === 'none'}
      >
        <ByHand webhook={webhook} />
      </Disclosure>
      {detailed && <Deliveries />}
    </div>
  );
}

function ByHand({ webhook }: { webhook: Webhook }) {
  const session = useSession();
  const { project } = session.status.value!;
  const url = useRef<HTMLInputElement>(null);
  return (
    <>
      <ol class="steps">
        <li>
          <span>
            <Rich
              of={words.webhook.step1}
              values={{ project: project!.pathWithNamespace }}
              href={`${project!.webUrl}/-/hooks`}
            />
          </span>
        </li>
        <li>
          <span>
            <Rich of={words.webhook.step2} />
          </span>
        </li>
      </ol>
      <Field label={session.say(words.webhook.url)}>
        {(ids) => (
          <div class="with">
            <input {...ids} ref={url} class="input mono" dir="ltr" readOnly value={webhook.url} />
            <Copy
              what={session.say(words.webhook.url)}
              text={() => webhook.url}
              select={() => url.current?.select()}
            />
          </div>
        )}
      </Field>
      <SecretField
        label={session.say(words.webhook.secret)}
        showLabel={session.say(words.webhook.show)}
        of={({ secret }) => secret}
      />
      <SecretField
        label={session.say(words.webhook.signingToken)}
        showLabel={session.say(words.webhook.showSigningToken)}
        of={({ signingToken }) => signingToken ?? ''}
      />
      <ol class="steps after-2">
        <li>
          <span>
            <Rich of={words.webhook.step3} values={{ branch: project!.branch }} />
          </span>
        </li>
      </ol>
      <p class="sub small row">
        {webhook.lastDeliveryAt ? (
          <>
            <Icon name="check" class="ok" />
            <span>
              {session.say(words.webhook.delivered)} <Time at={webhook.lastDeliveryAt} style="long" />
            </span>
          </>
        ) : (
          <>
            <Icon name="clock" />
            {session.say(words.webhook.waiting)}
          </>
        )}
      </p>
    </>
  );
}
