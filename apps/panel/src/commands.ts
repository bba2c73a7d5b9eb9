import type { Run } from './contract';
import type { Session } from './session';
import { words } from './words';

/** Requests a push or a pull. Returns what to say if there was nothing to do, once the run has ended. */
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
  const { health, sync } = session.status.value ?? {};
  if (health !== 'ok' || sync?.pendingPush || sync?.pendingPull) return;
  return session.say(kind === 'push' ? words.state.nothingToPush : words.state.nothingToPull);
}

/** Cancels a run that has not ended. */
export async function cancel(session: Session, id: string): Promise<void> {
  const { client, path } = session.api;
  const route = '/api/v1/orgs/{org}/gitlab/runs/{id}/cancel';
  await session.api.take(client.POST(route, { params: { path: { ...path, id } } }));
  await session.live.refresh();
}

/** Looks at the token again, then at both sides: what ends a stop. */
export async function retry(session: Session, kind: 'push' | 'pull'): Promise<void> {
  const { client, path } = session.api;
  await session.api.take(client.POST('/api/v1/orgs/{org}/gitlab/connection/check', { params: { path } }));
  await session.api.take(client.POST(`/api/v1/orgs/{org}/gitlab/${kind}` as const, { params: { path } }));
  await session.live.refresh();
}

/** Changes settings of the project. What is shown is what the server then says. */
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

/** The run once it is over; null if that takes long, which the rail shows. */
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

/** Answers a run that asks about deletions: `confirm` deletes in Dot, `keep` puts the files back on GitLab. */
export async function answerRun(session: Session, id: string, how: 'confirm' | 'keep'): Promise<void> {
  const { client, path } = session.api;
  const route = `/api/v1/orgs/{org}/gitlab/runs/{id}/${how}` as const;
  await session.api.take(client.POST(route, { params: { path: { ...path, id } } }));
  await session.live.refresh();
}
