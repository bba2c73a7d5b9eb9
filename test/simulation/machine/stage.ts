import { AsyncLocalStorage } from 'node:async_hooks';

/** The fate of a process that was stopped at a point; `ok` lets it continue. */
export type Fate =
  | { readonly kind: 'ok' }
  /** Before a transaction: the process dies while the transaction is open, or after its commit without an answer. */
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'commit-and-die' }
  /** Before a call: what strikes it. */
  | { readonly kind: 'strike'; readonly strike: () => void };

export type PointKind = 'call' | 'window' | 'answer' | 'begin' | 'committed';

/** A moment at which a process waits for the stage to let it go on. */
export interface Point {
  readonly actor: Actor;
  readonly kind: PointKind;
  readonly what: string;
  readonly goOn: (fate: Fate) => void;
}

/** An operating system process: it may be paused, and die at any point, with nothing of it running afterwards. */
export class Actor {
  state: 'running' | 'paused' | 'dead' = 'running';

  constructor(readonly name: string) {}
}

interface Scene {
  readonly actor: Actor;
  readonly inTransaction: boolean;
}

/** Shared by all stages, because Node keeps every storage that was ever used. */
const scenes = new AsyncLocalStorage<Scene>();

/** Stops processes before and after everything that others can see, and lets one at a time go on. */
export class Stage {
  private waiting: Point[] = [];

  /** Everything `work` does is the actor's doing. */
  as<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return scenes.run({ actor, inTransaction: false }, work);
  }

  inTransaction<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return scenes.run({ actor, inTransaction: true }, work);
  }

  /** Returns the process that is at work here; undefined for work outside the simulated processes. */
  get scene(): Scene | undefined {
    return scenes.getStore();
  }

  point(actor: Actor, kind: PointKind, what: string): Promise<Fate> {
    if (actor.state === 'dead') return never();
    return new Promise((goOn) => this.waiting.push({ actor, kind, what, goOn }));
  }

  /** The points of processes that are neither paused nor dead. */
  get points(): readonly Point[] {
    this.waiting = this.waiting.filter(({ actor, kind }) => actor.state !== 'dead' || kind === 'window');
    return this.waiting.filter(({ actor, kind }) => actor.state === 'running' && kind !== 'window');
  }

  /** The moment between GitLab's checks and its writing. It takes no time but leaves room for another push. */
  get windows(): readonly Point[] {
    return this.waiting.filter(({ kind }) => kind === 'window');
  }

  /** Checks whether a process, also a paused one, is about to make such a call, or waits for its answer. */
  isUnderWay(what: string): boolean {
    return this.waiting.some((point) => point.what === what && point.actor.state !== 'dead');
  }

  release(point: Point, fate: Fate): void {
    this.waiting = this.waiting.filter((other) => other !== point);
    point.goOn(fate);
  }

  /** Resolves when every process waits at a point or has nothing to do. */
  settled(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

/** The promise that a dead process waits for. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
