import { useId } from 'preact/hooks';
import { Heading } from '../parts/heading';
import { Rail } from '../parts/rail';
import { useSession } from '../session';
import { words } from '../words';
import { Actions, FirstSyncActions, MemberFoot } from './state/actions';
import { DotMain, DotSub, GitLabMain, GitLabSub, isFirstSync } from './state/ends';
import { FirstSync } from './state/first-sync';
import { ProposalLine } from './state/proposal-line';
import { QuietLine } from './state/quiet-line';

/** Shows the rail and the available actions. */
export function State() {
  const session = useSession();
  const id = useId();
  const status = session.status.value;
  const { pill, quiet } = session.screen.value;
  if (!status || !pill) return null;
  const first = isFirstSync(status);
  return (
    <section class="card" part="card" aria-labelledby={id}>
      <div class="body stack">
        <Heading level={2} id={id} class="vh">
          {session.say(words.rail.state)}
        </Heading>
        <Rail
          pill={pill}
          dot={{ main: <DotMain />, sub: <DotSub /> }}
          gitlab={{ main: <GitLabMain />, sub: <GitLabSub /> }}
        />
        {first && status.sync.lastRun?.status !== 'cancelled' && <FirstSync run={status.sync.lastRun} />}
        {quiet && <QuietLine />}
      </div>
      {!first && <ProposalLine />}
      {session.admin.value ? (
        first ? (
          <FirstSyncActions status={status} />
        ) : (
          <Actions />
        )
      ) : (
        <MemberFoot status={status} />
      )}
    </section>
  );
}
