import { readFileSync } from 'node:fs';
import type { Agent } from 'node:http';
import { rootCertificates } from 'node:tls';
import type { OutboundSettings } from './outbound.settings';
import { AddressGuard, type Resolve } from './address-guard';
import { GuardedAgent } from './guarded-agent';
import { bypassesProxy, ProxiedAgent } from './proxied-agent';

const CONNECT_TIMEOUT_MS = 10_000;

/** Holds the guarded agents of this process. All orgs share their connections. */
export class Agents {
  private readonly plain: Agent;
  private readonly tls: Agent;
  private readonly proxied: Agent | null;

  constructor(
    private readonly settings: OutboundSettings,
    resolve?: Resolve,
  ) {
    const guard = new AddressGuard(settings.allowPrivate, resolve);
    // A `ca` option replaces the public roots, so both are given.
    const ca = [...rootCertificates, ...(settings.caFile ? [readFileSync(settings.caFile, 'utf8')] : [])];
    const connectTimeoutMs = Math.min(CONNECT_TIMEOUT_MS, settings.timeoutMs ?? CONNECT_TIMEOUT_MS);
    this.plain = new GuardedAgent({ protocol: 'http:', guard, ca, connectTimeoutMs });
    this.tls = new GuardedAgent({ protocol: 'https:', guard, ca, connectTimeoutMs });
    this.proxied = settings.httpsProxy ? new ProxiedAgent(settings.httpsProxy, guard, ca) : null;
  }

  for(url: URL): Agent {
    if (url.protocol === 'http:') return this.plain;
    if (!this.proxied || bypassesProxy(url, this.settings.noProxy)) return this.tls;
    return this.proxied;
  }
}
