import { useId } from 'preact/hooks';
import { useAct } from '../acts';
import { cancel, sync } from '../commands';
import type { Status } from '../contract';
import { changeKey, usePages } from '../load';
import { faultWords } from '../faults';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Heading } from '../parts/heading';
import { Rail } from '../parts/rail';
import { Out, Sha } from '../parts/rich';
import { Time } from '../parts/time';
import { useSession } from '../session';
import { words } from '../words';
import { FirstSync } from './state/first-sync';
import { QuietLine } from './state/quiet-line';

/** The rail, and what can be done now. */
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
        {first && <FirstSync run={status.sync.lastRun} />}
        {quiet && <QuietLine />}
      </div>
      {session.admin.value ? (
        first ? (
          <CancelFoot status={status} />
        ) : (
          <Actions />
        )
      ) : (
        <MemberFoot status={status} />
      )}
    </section>
  );
}

export function isFirstSync({ health, sync }: Status): boolean {
  return health === 'syncing' && (!sync.lastRun || sync.lastRun.kind === 'initial');
}

function DotMain() {
  const session = useSession();
  const { sync, files, quota } = session.status.value!;
  const total = files?.total ?? quota.files;
  if (sync.pendingPush > 0 && session.status.value!.health !== 'syncing')
    return <>{session.say(words.rail.waiting, { n: sync.pendingPush })}</>;
  return <>{total ? session.say(words.rail.files, { n: total }) : session.say(words.rail.noFiles)}</>;
}

function DotSub() {
  const session = useSession();
  const status = session.status.value!;
  const plan = session.firstPlan.value;
  const since = status.oldestPendingAt;
  if (isFirstSync(status))
    return plan?.push.length ? <>{session.say(words.rail.toPush, { n: plan.push.length })}</> : null;
  if (status.sync.pendingPush > 0)
    return since ? (
      <>
        {session.say(words.rail.since)} <Time at={since} style="clock" />
      </>
    ) : null;
  return <LastEdit />;
}

/** When Dot's context last changed. */
function LastEdit() {
  const session = useSession();
  const { items } = usePages(async ({ api }) => {
    const asked = api.client.GET('/api/v1/orgs/{org}/context/history', {
      params: { path: api.path, query: { limit: 1 } },
    });
    return api.take(asked);
  }, changeKey(session));
  const [last] = items ?? [];
  return last ? (
    <>
      {session.say(words.rail.edited)} <Time at={last.at} style="long" />
    </>
  ) : (
    <>{'\u00a0'}</>
  );
}

function GitLabMain() {
  const { project } = useSession().status.value!;
  return project ? (
    <Out href={project.webUrl}>
      <bdi dir="ltr">{project.pathWithNamespace}</bdi>
    </Out>
  ) : null;
}

function GitLabSub() {
  const session = useSession();
  const status = session.status.value!;
  const { project, sync } = status;
  const plan = session.firstPlan.value;
  if (!project) return null;
  const { branch } = project;
  if (isFirstSync(status))
    return plan?.pull.length ? (
      <>{session.say(words.rail.toPull, { n: plan.pull.length, branch })}</>
    ) : (
      <bdi dir="ltr">{branch}</bdi>
    );
  const merge = project.mergeRequest;
  return (
    <>
      <bdi dir="ltr">{branch}</bdi>
      {sync.baseCommit && (
        <>
          {' '}
          {session.say(words.rail.at)} <Sha id={sync.baseCommit} />
        </>
      )}
      {merge?.state === 'opened' && (
        <>
          {' · '}
          <Out href={merge.webUrl}>
            {session.say(merge.conflict ? words.rail.mergeConflict : words.rail.mergeRequest, {
              iid: String(merge.iid),
            })}
          </Out>
        </>
      )}
    </>
  );
}

function Actions() {
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

function CancelFoot({ status }: { status: Status }) {
  const session = useSession();
  const act = useAct();
  const run = status.sync.lastRun;
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

function MemberFoot({ status }: { status: Status }) {
  const session = useSession();
  const phrase = status.project?.autoSync ? words.state.memberOn : words.state.memberOff;
  return (
    <div class="foot">
      <p class="sub small">{session.say(phrase)}</p>
    </div>
  );
}
