import { usePages } from '../../load';
import type { Delivery } from '../../contract';
import { Disclosure } from '../../parts/disclosure';
import { Sha } from '../../parts/rich';
import { Time } from '../../parts/time';
import { useSession } from '../../session';
import { words } from '../../words';

/** Lists GitLab's latest deliveries and their results. */
export function Deliveries() {
  const session = useSession();
  return (
    <Disclosure summary={session.say(words.webhook.deliveries)}>
      <List />
    </Disclosure>
  );
}

function List() {
  const session = useSession();
  const { items } = usePages<Delivery>(async ({ api }) => {
    const params = { path: api.path, query: { limit: 50 } };
    return api.take(api.client.GET('/api/v1/orgs/{org}/gitlab/webhook/deliveries', { params }));
  }, session.status.value?.webhook?.lastDeliveryAt ?? '');
  if (!items) return null;
  if (!items.length) return <p class="sub small">{session.say(words.webhook.noDeliveries)}</p>;
  return (
    <ul class="deliveries small">
      {items.map(({ id, at, outcome, reason, commit, event }) => (
        <li key={id}>
          <span class={outcome === 'refused' ? 'warn' : 'sub'}>
            {session.say(words.webhook[outcome])}
            {reason && `: ${reason.replaceAll('_', ' ')}`}
          </span>
          <span class="sub">{commit ? <Sha id={commit} /> : event}</span>
          <Time at={at} class="quiet" />
        </li>
      ))}
    </ul>
  );
}
