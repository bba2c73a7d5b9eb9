import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SignJWT } from 'jose';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

const DELAY_MS = 5_000;
const TEXT = 'stays\n';

describe('A process that was asked to stop', () => {
  const secret = randomBytes(32).toString('base64url');
  let database: FreshDatabase;
  let port: number;
  let token: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await freshDatabase();
    token = await new SignJWT({ org: 'acme', role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(secret));
  });
  afterEach(() => service.kill());
  afterAll(() => database.drop());

  async function start(delayMs: number): Promise<void> {
    port = await freePort();
    const env = {
      PORT: String(port),
      DATABASE_URL: database.url,
      AUTH_JWT_SECRET: secret,
      SECRETS_KEYS: `one:${Buffer.alloc(32, 7).toString('base64')}`,
      SHUTDOWN_DELAY_MS: String(delayMs),
    };
    service = await ServiceProcess.main(env).ready();
  }

  const url = (path: string) => `http://127.0.0.1:${port}${path}`;
  const call = (path: string) =>
    fetch(url(`/api/v1/orgs/acme/${path}`), { headers: { authorization: `Bearer ${token}` } });
  const ready = () => fetch(url('/health/ready'), { headers: { connection: 'close' } });

  /** A `PUT` of which only the head has arrived. */
  async function beginPut(path: string): Promise<{ finish: () => Promise<string> }> {
    const socket: Socket = connect(port, '127.0.0.1');
    const head = [
      `PUT /api/v1/orgs/acme/context/files/${path} HTTP/1.1`,
      ...['Host: x', `Authorization: Bearer ${token}`, 'Content-Type: text/markdown', 'Expect: 100-continue'],
      `Content-Length: ${TEXT.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    let answer = '';
    socket.on('data', (data) => (answer += String(data)));
    while (!answer.includes('100 Continue')) await once(socket, 'data');
    const finish = async () => {
      socket.write(TEXT);
      await once(socket, 'close');
      return answer;
    };
    return { finish };
  }

  it('is unready and still serves during the delay, then ends streams, answers open requests and exits', async () => {
    await start(DELAY_MS);
    expect((await ready()).status).toBe(200);
    const stream = await call('gitlab/events');
    expect(stream.status).toBe(200);

    const ended = service.stop();
    let readiness: Response;
    do readiness = await ready();
    while (readiness.status === 200);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({ status: 'unready', checks: { process: 'stopping' } });
    expect((await fetch(url('/health/live'))).status).toBe(200);
    expect((await call('context/files')).status).toBe(200);
    const put = await beginPut('notes/open.md');

    await stream.text();
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
    expect(await put.finish()).toMatch(/HTTP\/1.1 201 /);
    expect(await ended).toBe(0);

    await start(0);
    expect(await (await call('context/files/notes/open.md')).text()).toBe(TEXT);
    expect(await service.stop()).toBe(0);
  });

  it('closes the connection of a client that never finishes its request, and exits', async () => {
    await start(0);
    await beginPut('notes/unfinished.md');
    expect(await service.stop()).toBe(0);
  });
});
