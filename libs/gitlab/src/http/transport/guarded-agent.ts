import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ClientRequest } from 'node:http';
import { Agent, type AgentConnectOpts } from 'agent-base';
import type { AddressGuard } from './address-guard';

/** Below the idle time of common servers, so that a kept connection is not one the server just closed. */
export const IDLE_MS = 15_000;

/** As axios sets it on each connection it uses: another would be set back and forth with each request. */
const PROBE_MS = 60_000;

export interface GuardedAgentSettings {
  readonly protocol: 'http:' | 'https:';
  readonly guard: AddressGuard;
  readonly ca: string[];
  readonly connectTimeoutMs: number;
}

/** Connects straight to the instance, and only to addresses the guard lets through. */
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

/** A connection that never came about must be told apart from an answer that never came: only then nothing was sent. */
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
