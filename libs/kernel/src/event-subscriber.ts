/** Base of a provider that handles events while its module lives. Nest calls both public methods by their names. */
export abstract class EventSubscriber {
  private subscriptions: readonly (() => void)[] = [];

  /** Subscribes the handlers. Returns a function for each that ends its subscription. */
  protected abstract subscribe(): readonly (() => void)[];

  onModuleInit(): void {
    this.subscriptions = this.subscribe();
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }
}
