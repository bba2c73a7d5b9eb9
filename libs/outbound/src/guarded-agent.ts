import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ClientRequest } from 'node:http';
import { Agent, type AgentConnectOpts } from 'agent-base';
import type { AddressGuard } from './address-guard';

/** Below the idle time of common servers, so that a kept connection is not one that the server just closed. */
export const IDLE_MS = 15_000;

/** Equals axios' own setting, because axios would change another value with each request. */
const PROBE_MS = 60_000;

export interface GuardedAgentSettings {
  readonly protocol: 'http:' | 'https:';
  readonly guard: AddressGuard;
  readonly ca: string[];
  readonly connectTimeoutMs: number;
}

/** Connects directly to the instance, and only to addresses that the guard allows. */
export class GuardedAgent extends Agent {
  constructor(private readonly settings: GuardedAgentSettings) {
    super({ keepAlive: true, keepAliveMsecs: PROBE_MS, timeout: IDLE_MS });
    this.protocol = settings.protocol;
  }

  override async connect(_request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    const { guard, ca, connectTimeoutMs } = this.settings;
    const host = options.host ?? '';
    const target = { host, secure: options.secureEndpoint };
    if (isIP(host)) await guard.addressesOf(target);
    const guarded = { ...options, lookup: guard.lookupFor(target) };
    if (!options.secureEndpoint)
      return withConnectTimeout(connectTcp(guarded as never), 'connect', connectTimeoutMs);
    const servername = options.servername || (isIP(host) ? '' : host);
    return withConnectTimeout(
      connectTls({ ...guarded, ca, servername } as never),
      'secureConnect',
      connectTimeoutMs,
    );
  }
}

/**
 * Distinguishes a connection that failed from an answer that did not arrive: only in the first case nothing was sent.
 */
function withConnectTimeout<S extends Socket>(
  socket: S,
  connected: 'connect' | 'secureConnect',
  ms: number,
): S {
  const timer = setTimeout(
    () => socket.destroy(Object.assign(new Error('connecting took too long'), { code: 'ECONNECTTIMEOUT' })),
    ms,
  );
  const clear = () => clearTimeout(timer);
  return socket.once(connected, clear).once('close', clear);
}
