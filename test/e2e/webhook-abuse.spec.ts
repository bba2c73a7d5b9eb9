import fc from 'fast-check';
import { once } from 'node:events';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { TestService, type Client } from '../support/service';

const MIB = 1024 * 1024;

/** Real sockets, the whole service: nothing a sender does may bring a 5xx, fill the memory or keep others waiting. */
describe('The door for webhooks', () => {
  let service: TestService;
  let admin: Client;
  let path: string;
  let port: number;
  let token: string;
  /** Keeps connections open: a sender that closes one halfway may never read the answer. */
  const agent = new Agent({ keepAlive: true });

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    const project = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const { value } = service.gitlab.givenToken('ada');
    await admin.put('gitlab/connection', { token: value, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    await admin.settled();
    const webhook = await admin.webhook();
    ({ pathname: path } = new URL(webhook.url));
    port = Number(new URL(webhook.url).port);
    token = webhook.secret;
  });
  afterAll(async () => {
    agent.destroy();
    await service.stop();
  });

  function post(headers: Record<string, string | number>): ClientRequest {
    const sent = request({
      port,
      path,
      method: 'POST',
      agent,
      headers: { 'X-Gitlab-Token': token, ...headers },
    });
    return sent.on('error', () => undefined);
  }

  async function answerTo(sent: ClientRequest): Promise<number> {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode!;
  }

  const delivers = async () => {
    const sent = post({ 'X-Gitlab-Event': 'Push Hook' });
    sent.end('{}');
    return answerTo(sent);
  };

  it('stays open while many senders never finish their requests', async () => {
    const beginnings = ['POST /', `POST ${path} HTTP/1.1\r\nHost: x\r\n`, bodyBegun()];
    const slow: Socket[] = [];
    for (let i = 0; i < 300; i++) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      socket.write(beginnings[i % beginnings.length]);
      slow.push(socket);
    }
    expect(await delivers()).toBe(202);
    for (const socket of slow) socket.destroy();
    expect(await delivers()).toBe(202);
  });

  const bodyBegun = () =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Gitlab-Token: ${token}\r\nContent-Length: 100\r\n\r\n{"ref":`;

  it('takes twenty bodies of 25 MB together in little memory, and refuses longer ones', async () => {
    const chunk = Buffer.alloc(MIB, ' ');
    const send = async (mib: number) => {
      const sent = post({ 'X-Gitlab-Event': 'Push Hook', 'Transfer-Encoding': 'chunked' });
      const answer = answerTo(sent);
      const answered = answer.then(() => 'answered');
      for (let written = 0; written < mib; written++) {
        if (sent.write(chunk)) continue;
        const drained = once(sent, 'drain').catch(() => 'gone');
        if (typeof (await Promise.race([drained, answered])) === 'string') break;
      }
      sent.end();
      return answer;
    };
    await send(25); // code that is loaded and compiled once is no part of the measure
    const before = process.memoryUsage().rss;
    let peak = before;
    const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
    const statuses = await Promise.all([...Array<number>(20).fill(25), 26, 60].map(send));
    clearInterval(watching);
    expect(statuses).toEqual([...Array<number>(20).fill(202), 413, 413]);
    expect((peak - before) / MIB).toBeLessThan(150); // of 500 that came
  });

  it('answers whatever bytes come with 2xx or 4xx, and takes the next delivery', async () => {
    const visible = fc.string({
      minLength: 1,
      maxLength: 30,
      unit: fc.constantFrom(...'abcXYZ019-_;=, /"\\{}<>'),
    });
    const value = fc.oneof(visible, fc.string({ unit: 'binary', maxLength: 40 }), fc.constant(token));
    const name = fc.oneof(
      visible,
      fc.constantFrom(
        ...['X-Gitlab-Token', 'X-Gitlab-Event', 'webhook-id', 'webhook-timestamp', 'webhook-signature'],
        ...['Idempotency-Key', 'Content-Length', 'Transfer-Encoding', 'Content-Encoding', 'Expect', 'Host'],
      ),
    );
    const target = fc.oneof(
      fc.constant(path),
      visible.map((text) => `/webhooks/gitlab/${text}`),
    );
    await fc.assert(
      fc.asyncProperty(
        target,
        fc.array(fc.tuple(name, value), { maxLength: 8 }),
        fc.uint8Array({ maxLength: 500 }),
        async (where, headers, body) => {
          const lines = headers.map(([key, text]) => `${key}: ${text}`);
          const head = [`POST ${where} HTTP/1.1`, 'Host: x', 'Connection: close', ...lines].join('\r\n');
          const answer = await exchange(Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]));
          expect(answer).toMatch(/^$|^HTTP\/1.1 [1-4]\d\d /);
        },
      ),
      { numRuns: 300 },
    );
    expect(await delivers()).toBe(202);
    const { body } = await admin.get('gitlab/webhook/deliveries').expect(200);
    expect(body.items).toContainEqual(expect.objectContaining({ event: 'Push Hook', outcome: 'accepted' }));
  });

  /**
   * Returns everything that is answered until the server closes the connection. It does so if the bytes are no HTTP. If a body never
   * ends, the end of our side makes it do so.
   */
  async function exchange(bytes: Buffer): Promise<string> {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.end(bytes);
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    await once(socket, 'close');
    return answer;
  }
});
