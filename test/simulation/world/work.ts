import type { Fate, Point } from '../machine/stage';
import { roughness } from './weather';
import type { Worker, World } from './world';

const LEASE_MS = 30_000;

/** Lets the processes go on, one point at a time, at most so many; they die, stop and are struck as the weather is. */
export async function work(world: World, most: number, afterEach: () => Promise<void>): Promise<void> {
  for (let i = 0; i < most; i++) {
    await world.stage.settled();
    await afterEach();
    if (!(await step(world))) return;
  }
}

/** Performs one possible event; returns false if there is none. */
async function step(world: World): Promise<boolean> {
  const { random, weather, stage, workers } = world;
  for (const worker of workers) if (worker.actor.state === 'dead') await world.restart(worker);
  const { windows } = stage;
  if (windows.length) return close(world, windows[0]);
  if (random.chance(weather.time)) return pass(world, random.int(5, 60) * 1000);
  await deliver(world);
  const { points } = stage;
  const idle = world.wakeQueue.waiting.size ? workers.filter(isFree) : [];
  if (!points.length && !idle.length) return false;
  const index = random.int(0, points.length + idle.length - 1);
  if (index < points.length) meet(world, points[index]);
  else answer(world, idle[index - points.length]);
  return true;
}

/** Signals that have arrived, handled as they come. */
export async function deliver(world: World): Promise<void> {
  for (const letter of world.post.takeDue()) await letter.deliver();
  await world.stage.settled();
}

/** Finishes the work inside GitLab, even if its caller is gone. */
function close({ stage }: World, window: Point): boolean {
  stage.release(window, { kind: 'ok' });
  return true;
}

function pass(world: World, ms: number): boolean {
  world.note(`  ${ms / 1000} s pass`);
  world.clock.advance(ms);
  return true;
}

function answer(world: World, worker: Worker): void {
  const { org, wakeQueue } = world;
  wakeQueue.waiting.delete(org);
  world.note(`  ${worker.actor.name} takes a wake-up`);
  world.assign(worker, 'process the org', async () => {
    const again = await worker.site.engine.processOrg.execute(org);
    if (again !== null) wakeQueue.wake(org, again);
  });
}

function meet(world: World, point: Point): void {
  const { random, weather, stage } = world;
  const { actor, kind, what } = point;
  const tell = (happening: string) => world.note(`  ${actor.name} ${happening} (${kind} ${what})`);
  const rough = roughness(point);
  if (random.chance(weather.pause * rough)) {
    tell('is paused');
    actor.state = 'paused';
    if (random.chance(0.7)) world.clock.advance(LEASE_MS + 1000);
    return;
  }
  if (random.chance(weather.crash * rough)) {
    tell('dies');
    actor.state = 'dead';
    return;
  }
  stage.release(point, fateOf(world, point, tell));
}

function fateOf(world: World, { kind, what }: Point, tell: (happening: string) => void): Fate {
  const { random, weather } = world;
  if (kind === 'begin' && random.chance(weather.crash)) {
    const fate = random.pick(['roll-back', 'commit-and-die'] as const);
    tell(`dies, ${fate}`);
    return { kind: fate };
  }
  if (kind === 'call' && random.chance(weather.fault * (what === 'commit' ? 2 : 1))) {
    const { kind: fault, strike } = world.strikeWith(what);
    tell(`is struck by ${fault}`);
    return { kind: 'strike', strike };
  }
  tell('goes on');
  return { kind: 'ok' };
}

/** Processes that were paused go on, one or all of them. */
export function wake(world: World, which: 'one' | 'all'): void {
  const paused = world.workers.filter(({ actor }) => actor.state === 'paused');
  const woken = which === 'all' || !paused.length ? paused : [world.random.pick(paused)];
  for (const { actor } of woken) {
    world.note(`  ${actor.name} wakes up`);
    actor.state = 'running';
  }
}

export const isFree = ({ actor, task }: Worker): boolean => actor.state === 'running' && task === null;
