import type { CanActivate, ModuleMetadata, Provider, Type } from '@nestjs/common';

/** The parts that a host decides when it imports the module: they select the registered classes. */
export interface GitLabSyncExtras {
  /** Makes `GitLabSync` injectable in every module of the host; false by default. */
  readonly isGlobal?: boolean;
  /** The routes; false registers none. */
  readonly http?: false | GitLabSyncHttp;
  /** `web` takes requests, `worker` syncs, `all` (the default) does both. */
  readonly role?: 'all' | 'web' | 'worker';
  /** Provides `CallerSource`. Without it every call is answered with 401. */
  readonly callerSource?: Provider;
  /** Provides `ContextStore`, the host's own store of context files. No tables of ours hold files then. */
  readonly contextStore?: Provider;
  /** Provides `KeySource`, such as a key management service, instead of the option `keys`. */
  readonly keySource?: Provider;
  /** Provides `Notifier`, which receives all notices instead of the channels of each org. */
  readonly notifier?: Provider;
  /** Provides `Clock`. */
  readonly clock?: Provider;
  /** Modules that export what these providers, and the guards of the routes, inject. */
  readonly imports?: ModuleMetadata['imports'];
}

/** The paths, guards and decorators of the routes. */
export interface GitLabSyncHttp {
  /** Precedes the routes of the API, such as `api/v1`; empty by default. */
  readonly path?: string;
  /** The host's guards for the routes of the API. They run before our own, so that they may authenticate the caller. */
  readonly guards?: readonly Type<CanActivate>[];
  /** Decorators for the controllers of the API, such as a marker for the host's global guard. */
  readonly decorators?: readonly ClassDecorator[];
  readonly webhooks?: {
    /** Precedes the route of the webhook; empty by default. */
    readonly path?: string;
    /** Decorators for its controller, such as the marker of a public route for the host's global guard. */
    readonly decorators?: readonly ClassDecorator[];
  };
}
