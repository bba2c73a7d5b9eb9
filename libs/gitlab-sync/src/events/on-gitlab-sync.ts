import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { GitLabSyncBus } from './gitlab-sync.bus';
import type { GitLabSyncEventName, GitLabSyncEvents } from './gitlab-sync.events';

const EVENTS = 'gitlab-sync:events';

/** Handles the events of one name. */
export type GitLabSyncHandler<K extends GitLabSyncEventName> = (
  event: GitLabSyncEvents[K],
) => void | Promise<void>;

/** Calls the method of a host's provider for each event of this name in this process. */
export function OnGitLabSync<K extends GitLabSyncEventName>(name: K) {
  return (_: object, __: string | symbol, { value }: TypedPropertyDescriptor<GitLabSyncHandler<K>>): void => {
    const names = (Reflect.getMetadata(EVENTS, value as object) ?? []) as readonly GitLabSyncEventName[];
    Reflect.defineMetadata(EVENTS, [...names, name], value as object);
  };
}

/** Subscribes the methods that `OnGitLabSync` marks. Reads the host's providers, and changes none. */
@Injectable()
export class SubscribeHandlers implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
    private readonly bus: GitLabSyncBus,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance, isNotMetatype } of this.discovery.getProviders())
      if (!isNotMetatype && instance) this.subscribe(instance as Record<string, unknown>);
  }

  private subscribe(provider: Record<string, unknown>): void {
    const prototype: unknown = Object.getPrototypeOf(provider);
    if (typeof prototype !== 'object' || prototype === null) return;
    for (const method of this.methods.getAllMethodNames(prototype)) {
      const handler = (prototype as Record<string, unknown>)[method];
      const names = (Reflect.getMetadata(EVENTS, handler as object) ?? []) as readonly GitLabSyncEventName[];
      for (const name of names)
        this.bus.on(
          name,
          (handler as GitLabSyncHandler<typeof name>).bind(
            provider,
          ) as GitLabSyncHandler<GitLabSyncEventName>,
        );
    }
  }
}
