import { Test } from '@nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import { once } from 'node:events';
import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ProblemFilter } from '@app/http';
import { WebhookApi } from '../application/webhook.api';
import { givenWebhooks, type Webhooks } from '../../../../test/support/webhooks';
import { GitLabWebhookController } from './gitlab-webhook.controller';

const MIB = 1024 * 1024;

let hooks: Webhooks;
let app: INestApplication;
let port: number;
let shown: Awaited<ReturnType<Webhooks['shown']>>;

beforeAll(async () => {
  hooks = await givenWebhooks();
  shown = await hooks.shown();
  const { registerHook, rotateSecret, readSecret, viewWebhook, ingestDelivery, deliveries, trail } = hooks;
  const api = new WebhookApi(
    ...([registerHook, rotateSecret, readSecret, viewWebhook] as const),
    ...([ingestDelivery, deliveries, trail] as const),
  );
  const module = await Test.createTestingModule({
    controllers: [GitLabWebhookController],
    providers: [{ provide: WebhookApi, useValue: api }],
  }).compile();
  app = module.createNestApplication({ bodyParser: false });
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => app.close());

/** Sends a request. The response may arrive before the body was sent. */
async function answerTo(request: ClientRequest): Promise<{ status?: number; type?: string; body: unknown }> {
  request.on('error', () => undefined); // an interrupted body
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const body: unknown = JSON.parse(await text(response));
  return { status: response.statusCode, type: response.headers['content-type'], body };
}

function open(
  headers: Record<string, string | number> = {},
  endpointId = shown.endpointId,
  agent: Agent | false = false,
): ClientRequest {
  const path = `/webhooks/gitlab/${endpointId}`;
  const usual = { 'Content-Type': 'application/json', 'X-Gitlab-Event': 'Push Hook' };
  return httpRequest({ port, path, method: 'POST', headers: { ...usual, ...headers }, agent });
}

function post(body: string | Buffer, headers: Record<string, string | number> = {}, endpointId?: string) {
  const request = open({ 'Content-Length': Buffer.byteLength(body), ...headers }, endpointId);
  request.end(body);
  return answerTo(request);
}

const right = () => ({ 'X-Gitlab-Token': shown.secret });

describe('POST /webhooks/gitlab/:endpointId', () => {
  it('returns 202 if it pulls, 200 with the reason if it does not', async () => {
    const accepted = await post(JSON.stringify(hooks.push()), right());
    expect(accepted).toMatchObject({ status: 202, body: { status: 'accepted' } });
    const ignored = await post(JSON.stringify(hooks.push({ ref: 'refs/heads/x' })), right());
    expect(ignored).toMatchObject({ status: 200, body: { status: 'ignored', reason: 'other_branch' } });
  });

  it('knows a repeated delivery by either header', async () => {
    for (const header of ['webhook-id', 'Idempotency-Key']) {
      const headers = { ...right(), [header]: `by ${header}` };
      expect(await post('{}', headers)).toMatchObject({ status: 202 });
      expect(await post('{}', headers)).toMatchObject({ status: 200, body: { reason: 'duplicate' } });
    }
  });

  it.each<[string, () => Promise<unknown>, number, string]>([
    ['a wrong secret', () => post('{}', { 'X-Gitlab-Token': 'wrong' }), 401, 'unauthenticated'],
    ['no secret', () => post('{}'), 401, 'unauthenticated'],
    ['an unknown endpoint', () => post('{}', right(), 'x'.repeat(32)), 404, 'not_found'],
    ['an endpoint id with a NUL', () => post('{}', right(), 'a%00b'), 404, 'not_found'],
  ])('answers %s as a problem', async (_, send, status, code) => {
    const problem = { status, type: expect.stringContaining('application/problem+json'), body: { code } };
    expect(await send()).toMatchObject(problem);
  });

  it('takes bodies of any kind and length up to 25 MiB', async () => {
    expect(await post('not json', { ...right(), 'Content-Type': 'text/plain' })).toMatchObject({
      status: 202,
    });
    expect(await post('', right())).toMatchObject({ status: 202 });
    expect(await post(Buffer.alloc(25 * MIB, ' '), right())).toMatchObject({ status: 202 });
  });

  it('returns 413 beyond that, whether the length is declared or not', async () => {
    const tooLarge = { status: 413, body: { code: 'body_too_large' } };
    expect(await post(Buffer.alloc(25 * MIB + 1), right())).toMatchObject(tooLarge);
    const chunked = open(right());
    const answer = answerTo(chunked);
    for (let mib = 0; mib < 26; mib++) chunked.write(Buffer.alloc(MIB));
    chunked.end();
    expect(await answer).toMatchObject(tooLarge);
  });

  it('lets a sender of too much finish, and serves it again on the same connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = open(right(), shown.endpointId, agent);
    const answer = answerTo(first);
    for (let mib = 0; mib < 40; mib++) first.write(Buffer.alloc(MIB));
    const sent = once(first.end(), 'close');
    expect(await answer).toMatchObject({ status: 413 });
    await sent;
    const second = open(right(), shown.endpointId, agent);
    second.end('{}');
    expect(await answerTo(second)).toMatchObject({ status: 202 });
    expect(second.reusedSocket).toBe(true);
    agent.destroy();
  });

  it('refuses a stranger before the body has come', async () => {
    const request = open({ 'Content-Length': 20 * MIB, 'X-Gitlab-Token': 'wrong' });
    request.write('{');
    expect(await answerTo(request)).toMatchObject({ status: 401 });
    request.destroy();
  });

  it('goes on after a sender that hangs up halfway', async () => {
    const socket = connect(port, '127.0.0.1');
    const head = [
      `POST /webhooks/gitlab/${shown.endpointId} HTTP/1.1`,
      'Host: dot',
      `X-Gitlab-Token: ${shown.secret}`,
      'Content-Length: 1000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n{"ref":`, () => socket.destroy());
    await once(socket, 'close');
    expect(await post('{}', right())).toMatchObject({ status: 202 });
  });
});
