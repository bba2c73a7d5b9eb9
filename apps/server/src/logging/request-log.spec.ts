import express, { type Express } from 'express';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import request from 'supertest';
import { orgId } from '@app/gitlab-sync';
import { createLog } from './log';
import { requestLog } from './request-log';

const ENDPOINT = '3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAA';

function givenSite(level = 'info') {
  const output = new PassThrough();
  const site = express().use(requestLog(createLog(level, output)));
  const lines = () =>
    String(output.read() ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { site, lines };
}

describe('the log of requests', () => {
  it('has a line for each, with the id of the answer and the org, and nothing that was sent', async () => {
    const { site, lines } = givenSite();
    site.post('/api/v1/orgs/acme', (asked, answer) => {
      Object.assign(asked, { caller: { org: orgId('acme') } });
      answer.status(202).end();
    });
    const { headers } = await request(site)
      .post('/api/v1/orgs/acme?search=hidden-text')
      .set({ authorization: 'Bearer hidden-text' })
      .send('hidden-text');
    const [line, ...others] = lines();
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      ...{ level: 30, org: 'acme', msg: 'POST /api/v1/orgs/acme 202', responseTime: expect.any(Number) },
      reqId: headers['x-request-id'],
    });
    expect(JSON.stringify(line)).not.toContain('hidden-text');
  });

  it('never has a token, be it in the path, the query or the id of a request', async () => {
    const token = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
    const { site, lines } = givenSite();
    const url = `/api/v1/orgs/acme/context/files/notes/${token.replace('-', '%2D')}.md?message=${token}`;
    const { headers } = await request(site).put(url).set('x-request-id', token);
    const written = JSON.stringify([lines(), headers]);
    expect(written).toContain('PUT /api/v1/orgs/acme/context/files/notes/[redacted] 404');
    expect(written).not.toMatch(/glpat|a1B2c3D4/);
  });

  it('shows only enough of a webhook endpoint’s id to distinguish it from others', async () => {
    const { site, lines } = givenSite();
    await request(site).post(`/webhooks/gitlab/${ENDPOINT}`);
    expect(lines()).toMatchObject([{ msg: 'POST /webhooks/gitlab/3q2-… 404' }]);
  });

  it('logs probes at debug level, failures as errors, and an outage as a warning', async () => {
    const { site, lines } = givenSite('debug');
    const answers: Record<string, number> = {
      '/health/ready': 503,
      '/metrics': 200,
      '/metrics/x': 500,
      '/x': 503,
    };
    site.get(/.*/, (asked, answer) => void answer.status(answers[asked.path]).end());
    for (const path of Object.keys(answers)) await request(site).get(path);
    const logged = lines();
    expect(logged.filter((line) => 'err' in line)).toEqual([]);
    expect(logged.map(({ level, msg }) => [level, msg])).toEqual([
      [20, 'GET /health/ready 503'],
      [20, 'GET /metrics 200'],
      [50, 'GET /metrics/x 500'],
      [40, 'GET /x 503'],
    ]);
  });

  it('has a line also for those who went away before there was an answer', async () => {
    const { site, lines } = givenSite();
    const gone = new Promise<void>((resolve) => {
      site.get('/slow', (_, answer) => {
        answer.once('close', resolve);
        client.destroy();
      });
    });
    const client = await connected(site);
    client.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await gone;
    expect(lines()).toMatchObject([{ msg: 'GET /slow aborted' }]);
  });
});

async function connected(site: Express): Promise<Socket> {
  const server = site.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  return socket.once('close', () => server.close());
}
