import type { ClientRequest } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { AddressGuard } from './address-guard';
import { IDLE_MS } from './guarded-agent';

/** The proxy did not open a tunnel. Its answer does not come from GitLab. */
export class ProxyRefused extends Error {
  readonly code = 'EPROXY';
  constructor(readonly status: number) {
    super(`the proxy answered ${status}`);
  }
}

/**
 * Connects through the operator's proxy. Checks the target's address but not the proxy's, which the operator chose.
 */
export class ProxiedAgent extends HttpsProxyAgent<string> {
  constructor(
    proxyUrl: string,
    private readonly guard: AddressGuard,
    private readonly ca: string[],
  ) {
    super(proxyUrl, { keepAlive: true, timeout: IDLE_MS });
    this.protocol = 'https:';
  }

  override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    const host = options.host ?? '';
    if (isIP(host) || !this.guard.allowsHost(host)) await this.guard.addressesOf({ host, secure: true });
    let status = 0;
    request.once('proxyConnect', (answer: { statusCode: number }) => (status = answer.statusCode));
    // The agent's own `ca` option reaches only the proxy; the target's is taken from the request.
    const socket = await super.connect(request, { ...options, ca: this.ca } as AgentConnectOpts);
    if (status === 200) return socket;
    socket.destroy();
    throw new ProxyRefused(status);
  }
}

/** Reads NO_PROXY as curl does: a host covers its subdomains, `*` covers all, and a port narrows. */
export function bypassesProxy(url: URL, noProxy = ''): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (onlyPort && onlyPort !== port) return false;
      const domain = name.replace(/^\*?\./, '');
      return name === '*' || url.hostname === domain || url.hostname.endsWith(`.${domain}`);
    });
}
