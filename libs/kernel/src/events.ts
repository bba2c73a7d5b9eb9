import type { OrgId } from './org-id';
import type { Transactions } from './transactions';

/** A committed change. JSON-safe; named `noun.verbed.v1`. */
export interface DomainEvent {
  readonly name: string;
  readonly org: OrgId;
}

/** Stores events, or what follows from them, together with their change. */
export abstract class EventStore {
  /** Joins the caller's transaction. */
  abstract add(event: DomainEvent): Promise<void>;
}

type Handler<E extends DomainEvent> = (event: E) => void | Promise<void>;

/**
 * Publishes committed changes to the other modules of this process. Correctness must not depend on the arrival of an
 * event. A handler that fails is reported to `onError` and stops neither the publisher nor the other handlers.
 */
export class EventBus {
  private readonly handlers = new Map<string, Set<Handler<DomainEvent>>>();
  private readonly running = new Set<Promise<void>>();
  private readonly stores: EventStore[] = [];

  constructor(private readonly onError: (error: unknown, event: DomainEvent) => void = () => undefined) {}

  on<E extends DomainEvent>(name: E['name'], handler: Handler<E>): () => void {
    const handlers = this.handlers.get(name) ?? new Set();
    this.handlers.set(name, handlers.add(handler as Handler<DomainEvent>));
    return () => void handlers.delete(handler as Handler<DomainEvent>);
  }

  /** Stores every event from now on, besides the stores that do so already. */
  storeIn(store: EventStore): void {
    this.stores.push(store);
  }

  /** Stores an event in the transaction of its change. `publish` follows after the commit. */
  async keep(event: DomainEvent): Promise<void> {
    for (const store of this.stores) await store.add(event);
  }

  /** Stores an event in the transaction of its change, and publishes it after the commit. */
  async publishAfter(transactions: Transactions, event: DomainEvent): Promise<void> {
    await this.keep(event);
    transactions.afterCommit(() => this.publish(event));
  }

  publish(event: DomainEvent): void {
    for (const handler of this.handlers.get(event.name) ?? []) {
      const run = Promise.resolve()
        .then(() => handler(event))
        .catch((error) => this.onError(error, event))
        .finally(() => this.running.delete(run));
      this.running.add(run);
    }
  }

  /** Resolves when all running handlers have ended, with those that they started. */
  async settled(): Promise<void> {
    while (this.running.size) await Promise.all(this.running);
  }
}
