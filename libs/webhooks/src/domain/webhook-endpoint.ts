import { randomBytes } from 'node:crypto';
import type { OrgId } from '@app/kernel';
import type { SealedKeys } from './webhook-keys';

const REPLACED_KEYS_LIVE_MS = 10 * 60_000;
/** Every delivery is judged by all of them. */
const MOST_REPLACED = 5;

/** What the last look at the hook on GitLab found, after repairs. */
export type HookCondition = 'working' | 'disabled' | 'missing' | 'not_permitted';

/** The hook this service made on GitLab. */
export interface RegisteredHook {
  readonly hookId: number;
  readonly projectId: number;
  /** Project and hook ids mean something on this connection's instance only. */
  readonly connectionId: string;
  /** The keys GitLab was given last. */
  readonly keysId: string;
  /** True where GitLab confirmed that it signs. */
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
  /** Of the connection the keys were made for. */
  readonly generation: string;
  readonly keys: SealedKeys;
  /** When the generation's first keys were made. */
  readonly since: Date;
  /** The newest first. */
  readonly replaced: readonly ReplacedKeys[];
  readonly hook: RegisteredHook | null;
}

/**
 * Where GitLab delivers to for one org. The id stays as long as the connection; the keys belong to one generation of
 * it. Immutable: a change answers a new one.
 */
export class WebhookEndpoint {
  private constructor(readonly state: EndpointState) {}

  static create(org: OrgId, generation: string, keys: SealedKeys, now: Date): WebhookEndpoint {
    const id = randomBytes(24).toString('base64url');
    return new WebhookEndpoint({ id, org, generation, keys, since: now, replaced: [], hook: null });
  }

  /** Whether it looks like an endpoint's id. */
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

  /** After a reconnect: the former keys are never accepted again. */
  renewedFor(generation: string, keys: SealedKeys, now: Date): WebhookEndpoint {
    return new WebhookEndpoint({ ...this.state, generation, keys, since: now, replaced: [] });
  }

  /** Former keys are each accepted a while longer, until GitLab has the new ones; of many the last few. */
  rotated(keys: SealedKeys, now: Date): WebhookEndpoint {
    const until = new Date(now.getTime() + REPLACED_KEYS_LIVE_MS);
    const replaced = [{ keys: this.keys, until }, ...this.stillAccepted(now)].slice(0, MOST_REPLACED);
    return new WebhookEndpoint({ ...this.state, keys, replaced });
  }

  withHook(hook: RegisteredHook | null): WebhookEndpoint {
    return new WebhookEndpoint({ ...this.state, hook });
  }

  /** The same keys, sealed anew. */
  resealed(reseal: (sealed: string) => string): WebhookEndpoint {
    const { keys, replaced } = this.state;
    const anew = ({ id, sealed }: SealedKeys): SealedKeys => ({ id, sealed: reseal(sealed) });
    return new WebhookEndpoint({
      ...this.state,
      keys: anew(keys),
      replaced: replaced.map((former) => ({ ...former, keys: anew(former.keys) })),
    });
  }

  /** What a delivery may prove itself with now; nothing where the keys were made for another generation. */
  acceptedKeys(generation: string, now: Date): readonly SealedKeys[] {
    if (!this.belongsTo(generation)) return [];
    return [this.keys, ...this.stillAccepted(now).map(({ keys }) => keys)];
  }

  private stillAccepted(now: Date): readonly ReplacedKeys[] {
    return this.state.replaced.filter(({ until }) => now < until);
  }
}

/** Whether the hook is in that project, and not in one that has the same id on another instance. */
export function isConnectedBy(
  project: Pick<RegisteredHook, 'connectionId' | 'projectId'>,
  hook: RegisteredHook,
): boolean {
  return hook.connectionId === project.connectionId && hook.projectId === project.projectId;
}
