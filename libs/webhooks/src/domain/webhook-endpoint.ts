import { randomBytes } from 'node:crypto';
import type { OrgId } from '@app/kernel';
import type { SealedKeys } from './webhook-keys';

const REPLACED_KEYS_LIVE_MS = 10 * 60_000;
/** Limit of the replaced keys: every delivery is verified against all of them. */
const MOST_REPLACED = 5;

/** Result of the last check of the hook on GitLab, after repairs. */
export type HookCondition = 'working' | 'disabled' | 'missing' | 'not_permitted';

/** Hook that this service registered on GitLab. */
export interface RegisteredHook {
  readonly hookId: number;
  readonly projectId: number;
  /** Connection that the project and hook ids belong to; they are unique only on its instance. */
  readonly connectionId: string;
  /** Id of the keys last sent to GitLab. */
  readonly keysId: string;
  /** True if GitLab confirmed that it signs. */
  readonly signs: boolean;
  readonly condition: HookCondition;
  readonly checkedAt: Date;
}

export interface ReplacedKeys {
  readonly keys: SealedKeys;
  readonly until: Date;
}

export interface EndpointState {
  readonly id: string;
  readonly org: OrgId;
  /** Generation of the connection that the keys were made for. */
  readonly generation: string;
  readonly keys: SealedKeys;
  /** Creation time of the generation's first keys. */
  readonly since: Date;
  /** Replaced keys, newest first. */
  readonly replaced: readonly ReplacedKeys[];
  readonly hook: RegisteredHook | null;
}

/**
 * Endpoint that GitLab delivers to for one org. Its id lasts as long as the connection; its keys belong to one
 * generation of it. Immutable: a change returns a new one.
 */
export class WebhookEndpoint {
  private constructor(readonly state: EndpointState) {}

  static create(org: OrgId, generation: string, keys: SealedKeys, now: Date): WebhookEndpoint {
    const id = randomBytes(24).toString('base64url');
    return new WebhookEndpoint({ id, org, generation, keys, since: now, replaced: [], hook: null });
  }

  /** Returns whether the text has the form of an endpoint's id. */
  static hasForm(id: string): boolean {
    return /^[A-Za-z0-9_-]{32}$/.test(id);
  }

  static restore(state: EndpointState): WebhookEndpoint {
    return new WebhookEndpoint(state);
  }

  get id(): string {
    return this.state.id;
  }

  get org(): OrgId {
    return this.state.org;
  }

  get keys(): SealedKeys {
    return this.state.keys;
  }

  get since(): Date {
    return this.state.since;
  }

  get hook(): RegisteredHook | null {
    return this.state.hook;
  }

  belongsTo(generation: string): boolean {
    return this.state.generation === generation;
  }

  /** Replaces the keys after a reconnect; the former keys are never accepted again. */
  renewedFor(generation: string, keys: SealedKeys, now: Date): WebhookEndpoint {
    return new WebhookEndpoint({ ...this.state, generation, keys, since: now, replaced: [] });
  }

  /** Replaces the keys. The last few former keys are accepted a while longer, until GitLab has the new ones. */
  rotated(keys: SealedKeys, now: Date): WebhookEndpoint {
    const until = new Date(now.getTime() + REPLACED_KEYS_LIVE_MS);
    const replaced = [{ keys: this.keys, until }, ...this.stillAccepted(now)].slice(0, MOST_REPLACED);
    return new WebhookEndpoint({ ...this.state, keys, replaced });
  }

  withHook(hook: RegisteredHook | null): WebhookEndpoint {
    return new WebhookEndpoint({ ...this.state, hook });
  }

  /** Seals the same keys again. */
  resealed(reseal: (sealed: string) => string): WebhookEndpoint {
    const { keys, replaced } = this.state;
    const resealedKeys = ({ id, sealed }: SealedKeys): SealedKeys => ({ id, sealed: reseal(sealed) });
    return new WebhookEndpoint({
      ...this.state,
      keys: resealedKeys(keys),
      replaced: replaced.map((former) => ({ ...former, keys: resealedKeys(former.keys) })),
    });
  }

  /** Returns the keys that currently prove a delivery; none if they were made for another generation. */
  acceptedKeys(generation: string, now: Date): readonly SealedKeys[] {
    if (!this.belongsTo(generation)) return [];
    return [this.keys, ...this.stillAccepted(now).map(({ keys }) => keys)];
  }

  private stillAccepted(now: Date): readonly ReplacedKeys[] {
    return this.state.replaced.filter(({ until }) => now < until);
  }
}

/** Returns whether the hook is in that project, not in one with the same id on another instance. */
export function isConnectedBy(
  project: Pick<RegisteredHook, 'connectionId' | 'projectId'>,
  hook: RegisteredHook,
): boolean {
  return hook.connectionId === project.connectionId && hook.projectId === project.projectId;
}
