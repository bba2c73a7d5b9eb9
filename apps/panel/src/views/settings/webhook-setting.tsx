import type { Webhook } from '../../contract';
import { Setting } from '../../parts/setting';
import { Time } from '../../parts/time';
import { useSession } from '../../session';
import { words } from '../../words';
import { WebhookSteps } from '../webhook/webhook-steps';

/** Shows the state of the webhook and its actions. */
export function WebhookSetting() {
  const session = useSession();
  const { webhook } = session.status.value!;
  const open = session.editing.value === 'webhook';
  if (!webhook) return null;
  return (
    <Setting
      title={session.say(words.webhook.title)}
      now={<WebhookHealth webhook={webhook} />}
      button={
        <>
          {session.say(open ? words.webhook.hide : words.webhook.details)}
          <span class="vh">{session.say(words.webhook.ofWebhook)}</span>
        </>
      }
      open={open}
      onToggle={() => (session.editing.value = open ? null : 'webhook')}
    >
      <WebhookSteps webhook={webhook} detailed />
    </Setting>
  );
}

function WebhookHealth({ webhook }: { webhook: Webhook }) {
  const session = useSession();
  const { health, lastDeliveryAt, advice } = webhook;
  if (health === 'healthy')
    return (
      <>
        <span class="ok">{session.say(words.webhook.healthy)}</span> ·{' '}
        {session.say(words.webhook.lastDelivery)}{' '}
        {lastDeliveryAt && <Time at={lastDeliveryAt} style="long" />}
      </>
    );
  if (health === 'silent')
    return (
      <>
        {session.say(words.webhook.silent)} {lastDeliveryAt && <Time at={lastDeliveryAt} style="long" />}.{' '}
        {session.say(words.webhook.silentNote)}
      </>
    );
  if (health === 'never_delivered') return <>{session.say(words.webhook.neverDelivered)}</>;
  return <span class="warn">{advice}</span>;
}
