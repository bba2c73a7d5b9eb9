import { EventBus } from './events';
import { EventSubscriber } from './event-subscriber';
import { orgId } from './org-id';

class Counting extends EventSubscriber {
  readonly orgs: string[] = [];
  constructor(private readonly events: EventBus) {
    super();
  }
  protected subscribe(): readonly (() => void)[] {
    return ['a.happened.v1', 'b.happened.v1'].map((name) =>
      this.events.on(name, ({ org }) => void this.orgs.push(org)),
    );
  }
}

it('handles events from the start of its module to its end', async () => {
  const events = new EventBus();
  const counting = new Counting(events);
  const publish = async (org: string) => {
    for (const name of ['a.happened.v1', 'b.happened.v1']) events.publish({ name, org: orgId(org) });
    await events.settled();
  };
  await publish('early');
  counting.onModuleInit();
  await publish('acme');
  counting.onModuleDestroy();
  await publish('late');
  expect(counting.orgs).toEqual(['acme', 'acme']);
});
