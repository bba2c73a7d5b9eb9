import { Logger, Module, type Abstract, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { KeySource, parseKeyRing } from '@app/credentials';
import { CallerSource, Clock, EventBus, Scheduler, Secret, SystemClock, type Caller } from '@app/kernel';
import { Notifier } from '@app/notifications';
import type { GitLabSyncExtras } from './extras';
import type { GitLabSyncOptions } from './options';
import { RedisConnection } from './redis-connection';

/** Injects `GitLabSyncOptions`. */
export const OPTIONS = Symbol('options of GitLab Sync');

/** Knows no caller, so that a host that forgets its own source answers 401. */
class NoCallers extends CallerSource {
  callerOf(): Caller | null {
    return null;
  }
}

/** Provides the ports that the host may replace, and the parts that all our modules share. */
@Module({})
export class PortsModule {
  /** `options`: the providers of the options. */
  static forRoot(options: readonly Provider[], extras: GitLabSyncExtras): DynamicModule {
    const { callerSource = NoCallers, clock = SystemClock, notifier, role } = extras;
    return {
      module: PortsModule,
      imports: extras.imports ?? [],
      providers: [
        ...options,
        providedAs(CallerSource, callerSource),
        providedAs(Clock, clock),
        providedAs(KeySource, extras.keySource ?? keyRing),
        // Without a notifier of the host, messages go to the channels of each org.
        notifier ? providedAs(Notifier, notifier) : { provide: Notifier, useValue: null },
        eventBus,
        schedulerOf(role !== 'web'),
        redis,
      ],
      exports: [OPTIONS, CallerSource, Clock, EventBus, KeySource, Notifier, RedisConnection, Scheduler],
    };
  }
}

/** Returns the host's provider under our own token. */
export function providedAs(port: Abstract<unknown>, provider: Provider): Exclude<Provider, Type> {
  return { ...(typeof provider === 'function' ? { useClass: provider } : provider), provide: port };
}

const redis = {
  provide: RedisConnection,
  inject: [OPTIONS],
  useFactory: ({ wakeQueue }: GitLabSyncOptions) => RedisConnection.open(wakeQueue),
};

/** @throws KeysMissing, KeyRingInvalid */
const keyRing = {
  provide: KeySource,
  inject: [OPTIONS],
  useFactory: ({ keys }: GitLabSyncOptions) => {
    if (keys === undefined) throw new KeysMissing();
    return parseKeyRing(keys instanceof Secret ? keys.reveal() : keys);
  },
};

class KeysMissing extends Error {
  constructor() {
    super('GitLab Sync has no keys: give the option keys, or provide a KeySource by the extra keySource.');
  }
}

const eventBus = {
  provide: EventBus,
  useFactory: () => {
    const logger = new Logger('events');
    return new EventBus((error, { name, org }) =>
      logger.error({ err: error, event: name, org }, 'event handler failed'),
    );
  },
};

const schedulerOf = (works: boolean) => ({
  provide: Scheduler,
  inject: [Clock],
  useFactory: (clock: Clock) => {
    const logger = new Logger('schedule');
    return new Scheduler(clock, works, (error, { name }) =>
      logger.error({ err: error, job: name }, 'scheduled job failed; retrying at the next interval'),
    );
  },
});
