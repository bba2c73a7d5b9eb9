import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import type { Notifications } from '../../contract';
import { readNotifications } from '../../notifications';
import { ActNote } from '../../parts/act-note';
import { Setting } from '../../parts/setting';
import { useSession } from '../../session';
import { words } from '../../words';
import { NotificationsForm } from './notifications-form';

/** Shows when messages are sent. Its form opens below, and is read only then. */
export function NotificationsSetting() {
  const session = useSession();
  const open = session.editing.value === 'notifications';
  return (
    <Setting
      title={session.say(words.notifications.title)}
      now={session.say(words.notifications.now)}
      button={
        open ? (
          session.say(words.page.cancel)
        ) : (
          <>
            {session.say(words.settings.change)}
            <span class="vh">{session.say(words.notifications.ofNotifications)}</span>
          </>
        )
      }
      open={open}
      onToggle={() => (session.editing.value = open ? null : 'notifications')}
    >
      <Loaded />
    </Setting>
  );
}

function Loaded() {
  const session = useSession();
  const act = useAct();
  const [present, setPresent] = useState<Notifications | null>(null);
  useEffect(() => {
    void act.run(async () => setPresent(await readNotifications(session)));
  }, []);
  if (!present)
    return (
      <>
        <p class="sub small" role="status">
          {act.busy.value && session.say(words.page.loading)}
        </p>
        <ActNote act={act} />
      </>
    );
  if (present.deliveredBy === 'host') return <p class="sub">{session.say(words.notifications.host)}</p>;
  return <NotificationsForm present={present} onChanged={setPresent} />;
}
