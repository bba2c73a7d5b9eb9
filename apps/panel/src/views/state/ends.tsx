import type { Status } from '../../contract';
import { changeKey, usePages } from '../../load';
import { Out, Sha } from '../../parts/rich';
import { Time } from '../../parts/time';
import { isQuiet } from '../../proposal';
import { useSession } from '../../session';
import { words } from '../../words';

/** Checks if the first sync is still running, so that the sides have not been compared yet. */
export function isFirstSync({ health, sync }: Status): boolean {
  return health === 'syncing' && (!sync.lastRun || sync.lastRun.kind === 'initial');
}

/** Checks whether changes wait that no run is pushing. */
const waits = (status: Status): boolean =>
  status.sync.pendingPush > 0 && (status.health !== 'syncing' || isQuiet(status));

export function DotMain() {
  const session = useSession();
  const status = session.status.value!;
  const { sync, files } = status;
  const { total } = files;
  if (waits(status)) return <>{session.say(words.rail.waiting, { n: sync.pendingPush })}</>;
  return <>{total ? session.say(words.rail.files, { n: total }) : session.say(words.rail.noFiles)}</>;
}

export function DotSub() {
  const session = useSession();
  const status = session.status.value!;
  const plan = session.firstPlan.value;
  const since = status.oldestPendingAt;
  if (isFirstSync(status) && plan?.push.length)
    return <>{session.say(words.rail.toPush, { n: plan.push.length })}</>;
  if (waits(status))
    return since ? (
      <>
        {session.say(words.rail.since)} <Time at={since} style="clock" />
      </>
    ) : null;
  return <LastEdit />;
}

/** Shows the time of the last change in Dot. */
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

export function GitLabMain() {
  const { project } = useSession().status.value!;
  return project ? (
    <Out href={project.webUrl}>
      <bdi dir="ltr">{project.pathWithNamespace}</bdi>
    </Out>
  ) : null;
}

export function GitLabSub() {
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
  return (
    <>
      <bdi dir="ltr">{branch}</bdi>
      {sync.baseCommit && (
        <>
          {' '}
          {session.say(words.rail.at)} <Sha id={sync.baseCommit} />
        </>
      )}
    </>
  );
}
