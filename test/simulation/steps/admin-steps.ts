import { FakeAct } from '@app/audit/testing';
import { Scope, Secret } from '@app/kernel';
import { BRANCHES, type World } from '../world/world';
import { attempt } from './dot-steps';

const SCOPES = [
  Scope.defaultDirectories,
  ['notes'],
  ['notes', 'reports', 'relationships.yaml'],
  ['skills', 'notes/deep'],
];

/** Changes the configuration of the sync, as an administrator does. */
export async function configure(world: World): Promise<void> {
  const { random, org, web } = world;
  const what = random.weighted({ autoSync: 3, autoPull: 2, directories: 2, branch: 1 });
  const change = {
    autoSync: random.chance(0.5),
    autoPull: random.chance(0.5),
    directories: random.pick(SCOPES),
    branch: random.pick(BRANCHES),
  }[what];
  await attempt(world, `Admin: ${what} ${String(change)}`, () =>
    web.projects.update({ org, [what]: change }, new FakeAct()),
  );
}

const WORK_BRANCHES = ['dot/context', 'dot/other', 'proposals'] as const;

/** Changes how Dot publishes. */
export async function publishing(world: World): Promise<void> {
  const { random, org, web } = world;
  const what = random.weighted({ publish: 4, workBranch: 1, quietSeconds: 1 });
  const change = {
    publish: random.pick(['direct', 'merge_request', 'merge_request'] as const),
    workBranch: random.pick(WORK_BRANCHES),
    quietSeconds: random.pick([0, 30, 300]),
  }[what];
  await attempt(world, `Admin: ${what} ${String(change)}`, () =>
    web.projects.update({ org, [what]: change }, new FakeAct()),
  );
}

/** Proposes refused changes again, or takes the branch's texts back. */
export async function decide(world: World): Promise<void> {
  const { random, org, web } = world;
  const intent = random.pick(['propose', 'discard'] as const);
  await attempt(world, `Admin: ${intent}`, () => web.engine.decide.execute(org, intent, new FakeAct()));
}

/** The token is replaced, sometimes after the former one died. */
export async function reconnect(world: World): Promise<void> {
  const { random, org, web, gitlab } = world;
  if (random.chance(0.5)) for (const token of world.tokens.splice(0)) token.revoked = true;
  const token = gitlab.givenToken('ada');
  world.tokens.push(token);
  await attempt(world, 'Admin: reconnect', () =>
    web.credentials.connect({ org, token: new Secret(token.value) }, new FakeAct()),
  );
}

/** Another connection: the sync starts without a base, as if it had never been. */
export async function startOver(world: World): Promise<void> {
  const { random, org, web, gitlab } = world;
  const target = await web.projects.requireTarget(org);
  await web.credentials.disconnect(org, new FakeAct());
  const token = gitlab.givenToken('ada');
  world.tokens.push(token);
  await web.credentials.connect({ org, token: new Secret(token.value) }, new FakeAct());
  const { projectId, branch, autoSync } = target;
  gitlab.archive(projectId, false);
  const onConflict = random.pick(['newest', 'dot', 'gitlab'] as const);
  const exists = gitlab.project(projectId).repository.head(branch) !== undefined;
  await web.projects.configure(
    {
      ...{ org, projectId, onConflict },
      branch: exists ? branch : undefined,
    },
    new FakeAct(),
  );
  await web.projects.update({ org, autoSync }, new FakeAct());
  world.note(`Admin: disconnect, connect and configure anew, ${onConflict}`);
}

export async function check(world: World): Promise<void> {
  await attempt(world, 'Admin: check the connection', () =>
    world.web.credentials.check(world.org, new FakeAct()),
  );
}

export async function requestRun(world: World): Promise<void> {
  const { random, org, web } = world;
  const kind = random.pick(['push', 'pull'] as const);
  await attempt(world, `Admin: ${kind} now`, () => web.engine.request.byPerson(org, kind, new FakeAct()));
}

/** Says yes or no to a run that asks, or cancels one that waits. */
export async function answer(world: World): Promise<void> {
  const { random, org, web } = world;
  const open = await web.engine.runs.open(org);
  if (!open.length) return answerLater(world);
  const { id, kind, status } = random.pick(open);
  const word =
    status === 'awaiting_confirmation' ? random.pick(['confirm', 'keep', 'cancel'] as const) : 'cancel';
  await attempt(world, `Admin: ${word} a ${kind} that is ${status}`, () =>
    web.engine.answer[word](org, id, new FakeAct()),
  );
}

/** Says what to do about deletions that were put off. */
export async function answerLater(world: World): Promise<void> {
  const { random, org, web } = world;
  const { question } = await web.engine.states.load(org);
  if (!question?.runId) return;
  const { runId } = question;
  const word = random.pick(['confirm', 'keep'] as const);
  await attempt(world, `Admin: ${word} what was put off`, () =>
    web.engine.answer[word](org, runId, new FakeAct()),
  );
}
