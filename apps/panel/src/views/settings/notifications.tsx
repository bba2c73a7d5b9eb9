import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import type { Notifications } from '../../contract';
import { readNotifications } from '../../notifications';
import { ActNote } from '../../parts/act-note';
import { EditSetting } from '../../parts/edit-setting';
import { useSession } from '../../session';
import { words } from '../../words';
import { NotificationsForm } from './notifications-form';

/** Shows when messages are sent. Its form opens below, and is read only then. */
export function NotificationsSetting() {
  const session = useSession();
  return (
    <EditSetting
      name="notifications"
      title={session.say(words.notifications.title)}
      now={session.say(words.notifications.now)}
      of={session.say(words.notifications.ofNotifications)}
    >
      <Loaded />
    </EditSetting>
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
