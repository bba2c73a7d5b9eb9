import { useEffect, useId } from 'preact/hooks';
import { Button } from '../parts/button';
import { Heading } from '../parts/heading';
import { useSession } from '../session';
import { words } from '../words';
import { WebhookSteps } from './webhook/webhook-steps';

/** Offers the webhook's set-up during the first sync. Stays until it is closed, so that nothing disappears while someone copies it. */
export function WebhookCard() {
  const session = useSession();
  const id = useId();
  const { webhook } = session.status.value!;
  const first = session.screen.value.views.includes('webhook');
  useEffect(() => void (session.settingUp.value = true), [session]);
  if (!webhook) return null;
  return (
    <section class="card" part="card" aria-labelledby={id}>
      <div class="head setting">
        <div>
          <Heading level={2} id={id}>
            {session.say(words.webhook.setUp)}
          </Heading>
          <p class="sub">{session.say(words.webhook.lead)}</p>
        </div>
        {!first && (
          <Button onClick={() => (session.settingUp.value = false)}>
            {session.say(webhook.lastDeliveryAt ? words.page.close : words.webhook.later)}
          </Button>
        )}
      </div>
      <div class="body">
        <WebhookSteps webhook={webhook} />
      </div>
    </section>
  );
}
