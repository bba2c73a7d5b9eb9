import type { Notifications, TestResult } from '../../contract';
import { Icon } from '../../parts/icon';
import type { Phrase } from '../../say';
import { useSession } from '../../session';
import { words } from '../../words';

/** Shows how the test went in each channel. */
export function TestResults({ results }: { readonly results: readonly TestResult[] }) {
  const session = useSession();
  return (
    <div role="status" aria-label={session.say(words.notifications.results)}>
      {results.length ? (
        <ul class="lines">
          {results.map(({ channel, ok, detail }) => (
            <li key={channel} class={ok ? 'row' : 'row fault'}>
              <Icon name={ok ? 'check' : 'cross'} />
              {session.say(words.notifications[channel])}:{' '}
              {detail ?? session.say(words.notifications.delivered)}
            </li>
          ))}
        </ul>
      ) : (
        session.say(words.notifications.noChannels)
      )}
    </div>
  );
}

/** Shows the channels whose last message did not arrive. */
export function Failures({ channels }: Pick<Notifications, 'channels'>) {
  const session = useSession();
  const say = (phrase: Phrase) => session.say(phrase);
  return (
    <>
      {channels.map(
        ({ channel, failure }) =>
          failure && (
            <p key={channel} class="warn small">
              {say(words.notifications[channel])}: {say(words.notifications.failing)} {failure.detail}.{' '}
              {say(failure.retryAt ? words.notifications.retries : words.notifications.givenUp)}
            </p>
          ),
      )}
    </>
  );
}
