import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orgId, Secret } from '@app/kernel';
import { bypassesProxy } from '@app/outbound';
import { HttpGitLabConnector } from '../http-gitlab-connector';
import type { GitLabHttpSettings } from '../settings';
import { commitRow, json, LocalServer } from '../spec-support/local-server';

/** Opens tunnels and records their targets, or refuses all. */
class LocalProxy {
  readonly tunnels: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start({ refuse = false } = {}): Promise<LocalProxy> {
    const proxy: LocalProxy = new LocalProxy(createPlainServer());
    proxy.server.on('connect', (request, client: Socket) => {
      proxy.tunnels.push(request.url ?? '');
      if (refuse) return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      const target = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        target.pipe(client).pipe(target);
      });
      for (const socket of [client, target]) proxy.sockets.add(socket.on('error', () => undefined) as Socket);
    });
    await new Promise<void>((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((closed) => this.server.close(closed));
  }
}

describe('HttpGitLab over TLS', () => {
  let directory: string;
  let caFile: string;
  let instance: LocalServer;
  let proxy: LocalProxy | undefined;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'gitlab-tls-'));
    caFile = join(directory, 'cert.pem');
    const key = join(directory, 'key.pem');
    const subject = ['-subj', '/CN=gitlab.test', '-addext', 'subjectAltName=DNS:gitlab.test'];
    const form = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', ...form, ...subject, '-keyout', key, '-out', caFile], {
      stdio: 'ignore',
    });
    const identity = { key: readFileSync(key), cert: readFileSync(caFile) };
    instance = await LocalServer.start(
      (_, response) => json(response, { name: 'main', commit: commitRow('c1') }),
      (listener) => createTlsServer(identity, listener) as unknown as Server,
    );
  });

  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });

  afterAll(async () => {
    await instance.close();
    rmSync(directory, { recursive: true });
  });

  const headAt = (host: string, settings: GitLabHttpSettings) => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const connector = new HttpGitLabConnector({ retries: { times: 0 }, ...settings }, resolve);
    const token = new Secret('glpat-very-secret');
    return connector
      .open({ instanceUrl: `https://${host}:${instance.port}`, token, org: orgId('acme') })
      .branch(7, 'main');
  };

  it('does not speak to an instance whose certificate it does not know, and names the reason', async () => {
    await expect(headAt('gitlab.test', { allowPrivate: ['gitlab.test'] })).rejects.toMatchObject({
      code: 'instance_unreachable',
      reason: expect.stringMatching(/TLS.*DEPTH_ZERO_SELF_SIGNED_CERT/),
    });
  });

  it('trusts the authorities of the CA file', async () => {
    expect(await headAt('gitlab.test', { allowPrivate: ['gitlab.test'], caFile })).toMatchObject({
      head: { id: 'c1' },
    });
  });

  it('still wants the name in the certificate to be the host', async () => {
    await expect(headAt('other.test', { allowPrivate: ['other.test'], caFile })).rejects.toMatchObject({
      reason: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
  });

  it('goes through the proxy, with the CA file for the instance behind it', async () => {
    proxy = await LocalProxy.start();
    const settings = { allowPrivate: ['127.0.0.0/8'], caFile, httpsProxy: proxy.url };
    expect(await headAt('gitlab.test', settings)).toMatchObject({ head: { id: 'c1' } });
    expect(proxy.tunnels).toEqual([`gitlab.test:${instance.port}`]);
  });

  it('checks the target before it asks the proxy', async () => {
    proxy = await LocalProxy.start();
    await expect(headAt('gitlab.test', { caFile, httpsProxy: proxy.url })).rejects.toMatchObject({
      code: 'instance_blocked',
    });
    expect(proxy.tunnels).toEqual([]);
  });

  it('does not take the answer of the proxy for GitLab’s', async () => {
    proxy = await LocalProxy.start({ refuse: true });
    const settings = { allowPrivate: ['gitlab.test'], caFile, httpsProxy: proxy.url };
    await expect(headAt('gitlab.test', settings)).rejects.toMatchObject({
      code: 'instance_unreachable',
      reason: expect.stringContaining('proxy'),
    });
  });

  it('goes past the proxy to the hosts of NO_PROXY', async () => {
    proxy = await LocalProxy.start();
    const settings = {
      allowPrivate: ['gitlab.test'],
      caFile,
      httpsProxy: proxy.url,
      noProxy: 'x.example,.test',
    };
    expect(await headAt('gitlab.test', settings)).toMatchObject({ head: { id: 'c1' } });
    expect(proxy.tunnels).toEqual([]);
  });
});

describe('bypassesProxy', () => {
  it.each([
    ['gitlab.test', true],
    ['.test', true],
    ['*.test', true],
    ['*', true],
    ['gitlab.test:443', true],
    ['a.example, gitlab.test', true],
    ['gitlab.test:8443', false],
    ['lab.test', false],
    ['', false],
  ])('reads NO_PROXY=%s', (noProxy, expected) => {
    expect(bypassesProxy(new URL('https://gitlab.test'), noProxy)).toBe(expected);
  });
});
