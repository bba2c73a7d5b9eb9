import type { Run } from './contract';
import type { Session } from './session';
import { words } from './words';

/** Requests a push or a pull and waits for its end. Returns a note if there was nothing to do. */
export async function sync(session: Session, kind: 'push' | 'pull'): Promise<string | void> {
  const before = session.status.value?.sync.lastRun;
  const waited = before?.status === 'queued' || before?.status === 'running';
  const { client, path } = session.api;
  const route = `/api/v1/orgs/{org}/gitlab/${kind}` as const;
  const run = (await session.api.take(client.POST(route, { params: { path } }))) as Run;
  await session.live.refresh();
  if (waited && run.id === before.id) return session.say(words.state.already);
  const ended = await ending(session, run);
  await session.live.refresh();
  if (!ended || ended.status !== 'succeeded' || changedSomething(ended)) return;
  const { health, sync, files, project } = session.status.value ?? {};
  if (kind === 'push' && sync?.error?.code === 'merge_request_closed')
    return session.say(words.proposal.decideFirst);
  if (health !== 'ok' || sync?.pendingPush || sync?.pendingPull) return;
  if (files?.proposed) {
    if (kind === 'pull') return session.say(words.state.onlyNothingToPull);
    return session.say(words.proposal.upToDate, { iid: `${project?.mergeRequest?.iid}` });
  }
  return session.say(kind === 'push' ? words.state.nothingToPush : words.state.nothingToPull);
}

/** Answers for a closed merge request, and waits until that is done. */
export async function decide(session: Session, how: 'propose' | 'discard'): Promise<void> {
  const { client, path } = session.api;
  const route = `/api/v1/orgs/{org}/gitlab/merge-request/${how}` as const;
  const run = await session.api.take(client.POST(route, { params: { path } }));
  await session.live.refresh();
  await ending(session, run);
  await session.live.refresh();
}

/** Cancels a run that has not ended. */
export async function cancel(session: Session, id: string): Promise<void> {
  const { client, path } = session.api;
  const route = '/api/v1/orgs/{org}/gitlab/runs/{id}/cancel';
  await session.api.take(client.POST(route, { params: { path: { ...path, id } } }));
  await session.live.refresh();
}

/** Ends a stop: checks the token again, then compares both sides. */
export async function retry(session: Session, kind: 'push' | 'pull'): Promise<void> {
  const { client, path } = session.api;
  await session.api.take(client.POST('/api/v1/orgs/{org}/gitlab/connection/check', { params: { path } }));
  await session.api.take(client.POST(`/api/v1/orgs/{org}/gitlab/${kind}` as const, { params: { path } }));
  await session.live.refresh();
}

/** Changes settings of the project, then shows the server's response. */
export async function change(session: Session, body: object): Promise<void> {
  const { client, path } = session.api;
  await session.api.take(
    client.PATCH('/api/v1/orgs/{org}/gitlab/project', { params: { path }, body: body as never }),
  );
  await session.live.refresh();
}

export const changedSomething = ({ counts, commits }: Run): boolean =>
  commits.length > 0 || counts.created + counts.updated + counts.deleted + counts.conflicts > 0;

const PATIENCE_MS = 10_000;
const LOOK_MS = 400;

/** Waits for a run to end. Returns null if that takes long; the rail shows the progress. */
async function ending(session: Session, { id }: Run): Promise<Run | null> {
  const { client, path } = session.api;
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end && !session.signal.aborted; await pause()) {
    const asked = client.GET('/api/v1/orgs/{org}/gitlab/runs/{id}', { params: { path: { ...path, id } } });
    const run = (await session.api.take(asked)) as Run;
    if (run.status !== 'queued' && run.status !== 'running') return run;
  }
  return null;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/** Resolves a run that asks about deletions: `confirm` deletes in Dot, `keep` puts the files back on GitLab. */
export async function answerRun(session: Session, id: string, how: 'confirm' | 'keep'): Promise<void> {
  const { client, path } = session.api;
  const route = `/api/v1/orgs/{org}/gitlab/runs/{id}/${how}` as const;
  await session.api.take(client.POST(route, { params: { path: { ...path, id } } }));
  await session.live.refresh();
}
