import type { OrgId } from './org-id';

/** A committed change. JSON-safe; named `noun.verbed.v1`. */
export interface DomainEvent {
  readonly name: string;
  readonly org: OrgId;
}

type Handler<E extends DomainEvent> = (event: E) => void | Promise<void>;

/**
 * Publishes committed changes to the other modules of this process. Correctness must not depend on the arrival of an
 * event. A handler that fails is reported to `onError` and stops neither the publisher nor the other handlers.
 */
export class EventBus {
  private readonly handlers = new Map<string, Set<Handler<DomainEvent>>>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly onError: (error: unknown, event: DomainEvent) => void = () => undefined) {}

  on<E extends DomainEvent>(name: E['name'], handler: Handler<E>): () => void {
    const handlers = this.handlers.get(name) ?? new Set();
    this.handlers.set(name, handlers.add(handler as Handler<DomainEvent>));
    return () => void handlers.delete(handler as Handler<DomainEvent>);
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
