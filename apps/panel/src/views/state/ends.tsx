import type { Status } from '../../contract';
import { changeKey, usePages } from '../../load';
import { Out, Sha } from '../../parts/rich';
import { Time } from '../../parts/time';
import { useSession } from '../../session';
import { words } from '../../words';

/** Checks if the first sync is still running, so that the sides have not been compared yet. */
export function isFirstSync({ health, sync }: Status): boolean {
  return health === 'syncing' && (!sync.lastRun || sync.lastRun.kind === 'initial');
}

export function DotMain() {
  const session = useSession();
  const { sync, files, quota } = session.status.value!;
  const total = files?.total ?? quota.files;
  if (sync.pendingPush > 0 && session.status.value!.health !== 'syncing')
    return <>{session.say(words.rail.waiting, { n: sync.pendingPush })}</>;
  return <>{total ? session.say(words.rail.files, { n: total }) : session.say(words.rail.noFiles)}</>;
}

export function DotSub() {
  const session = useSession();
  const status = session.status.value!;
  const plan = session.firstPlan.value;
  const since = status.oldestPendingAt;
  if (isFirstSync(status) && plan?.push.length)
    return <>{session.say(words.rail.toPush, { n: plan.push.length })}</>;
  if (status.sync.pendingPush > 0 && !isFirstSync(status))
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
