import type { ServerResponse } from 'node:http';
import { orgId, Secret } from '@app/kernel';
import type { CallPriority } from '../gitlab-connector.port';
import { HttpGitLabConnector } from './http-gitlab-connector';
import { commitRow, json, LocalServer, type Handler } from './spec-support/local-server';

const branchRow = { name: 'main', default: true, protected: false, can_push: true, commit: commitRow('c1') };
const ACME = orgId('acme');
const OTHER = orgId('other');

describe('One GitLab host and many orgs', () => {
  let server: LocalServer;
  afterEach(() => server.close());

  const givenHost = async (handler: Handler, requestsPerMinute?: number) => {
    server = await LocalServer.start(handler);
    const limiter = requestsPerMinute ? { requestsPerMinute } : {};
    return new HttpGitLabConnector({ allowPrivate: ['127.0.0.1'], retries: { times: 0 }, limiter });
  };
  const ask = (connector: HttpGitLabConnector, org: typeof ACME, priority?: CallPriority) =>
    connector
      .open({ instanceUrl: server.url, token: new Secret(`glpat-${org}`), org }, { priority })
      .branch(7, 'main');

  it('serves another org after one org sent 560 interactive calls', async () => {
    const connector = await givenHost((_, response) => json(response, branchRow), 60);
    const flood = Promise.allSettled(Array.from({ length: 560 }, () => ask(connector, ACME, 'interactive')));
    await expect(ask(connector, OTHER)).resolves.toMatchObject({ name: 'main' });
    await expect(ask(connector, OTHER, 'interactive')).resolves.toMatchObject({ name: 'main' });
    await expect(ask(connector, ACME)).resolves.toMatchObject({ name: 'main' });
    const refused = (await flood).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(500);
    expect(refused[0]).toMatchObject({ reason: { code: 'rate_limited', by: 'dot' } });
  });

  it('serves another org while the calls of one org wait for a silent host', async () => {
    const held: ServerResponse[] = [];
    const connector = await givenHost(({ headers }, response) =>
      headers.authorization?.endsWith('acme') ? void held.push(response) : json(response, branchRow),
    );
    const slow = Promise.allSettled(Array.from({ length: 40 }, () => ask(connector, ACME)));
    await expect(ask(connector, OTHER)).resolves.toMatchObject({ name: 'main' });
    await server.close();
    await slow;
  });
});
