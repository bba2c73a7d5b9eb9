import { useAct } from '../../acts';
import { cancel, sync } from '../../commands';
import type { Status } from '../../contract';
import { faultWords } from '../../faults';
import { ActNote } from '../../parts/act-note';
import { Button } from '../../parts/button';
import { useSession } from '../../session';
import { words } from '../../words';

/** Offers a push, a pull, and a preview of both. */
export function Actions() {
  const session = useSession();
  const push = useAct();
  const pull = useAct();
  const { primary } = session.screen.value;
  const { sync: state, health } = session.status.value!;
  const pullsWork = health === 'attention' && state.error && faultWords(state.error.code).stops === 'push';
  return (
    <div class="foot stack tight">
      <div class="row">
        <Button
          icon="up"
          kind={primary === 'push' ? 'primary' : undefined}
          onClick={() => void push.run(() => sync(session, 'push'))}
        >
          {session.say(words.state.push)}
        </Button>
        <Button
          icon="down"
          kind={primary === 'pull' ? 'primary' : undefined}
          onClick={() => void pull.run(() => sync(session, 'pull'))}
        >
          {session.say(words.state.pull)}
        </Button>
        {pullsWork && <span class="sub small">{session.say(words.state.pullsWork)}</span>}
        <Button kind="plain" push onClick={() => (session.dialog.value = { name: 'preview' })}>
          {session.say(words.state.preview)}
        </Button>
      </div>
      <ActNote act={push} />
      <ActNote act={pull} />
    </div>
  );
}

/** Offers the actions for a first sync that is running or was cancelled. */
export function FirstSyncActions({ status }: { status: Status }) {
  const session = useSession();
  const act = useAct();
  const run = status.sync.lastRun;
  if (run?.status === 'cancelled')
    return (
      <div class="foot stack tight">
        <div class="row">
          <Button kind="primary" onClick={() => void act.run(() => sync(session, 'pull'))}>
            {session.say(words.state.startAgain)}
          </Button>
          <span class="sub small">{session.say(words.state.cancelled)}</span>
        </div>
        <ActNote act={act} />
      </div>
    );
  if (!run || (run.status !== 'queued' && run.status !== 'running')) return null;
  return (
    <div class="foot stack tight">
      <div class="row">
        <Button onClick={() => void act.run(() => cancel(session, run.id))}>
          {session.say(words.state.cancelSync)}
        </Button>
        <span class="sub small">{session.say(words.state.cancelNote)}</span>
      </div>
      <ActNote act={act} />
    </div>
  );
}

/** Explains to members that only admins can change the sync. */
export function MemberFoot({ status }: { status: Status }) {
  const session = useSession();
  const phrase = status.project?.autoSync ? words.state.memberOn : words.state.memberOff;
  return (
    <div class="foot">
      <p class="sub small">{session.say(phrase)}</p>
    </div>
  );
}
