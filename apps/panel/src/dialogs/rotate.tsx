import { useState } from 'preact/hooks';
import type { WebhookSecret } from '../contract';
import { Confirm } from '../parts/confirm';
import { NewSecretDialog } from '../parts/new-secret';
import { useSession } from '../session';
import { words } from '../words';

/** Creates another webhook secret and shows it. */
export function RotateDialog() {
  const session = useSession();
  const [secret, setSecret] = useState<WebhookSecret | null>(null);
  const [handover, setHandover] = useState('');
  if (secret === null) {
    return (
      <Confirm
        title={session.say(words.webhook.rotateTitle)}
        lead={session.say(words.webhook.rotateText)}
        safe={session.say(words.webhook.rotateKeep)}
        act={session.say(words.webhook.rotateDo)}
        stay
        work={async () => {
          const { client, path } = session.api;
          const route = '/api/v1/orgs/{org}/gitlab/webhook/rotate';
          const answer = await session.api.take(client.POST(route, { params: { path } }));
          setHandover(answer.handover.detail);
          setSecret(answer);
        }}
      />
    );
  }
  return <NewSecretDialog title={session.say(words.webhook.rotated)} lead={handover} secret={secret} />;
}
