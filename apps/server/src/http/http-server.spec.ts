import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { TimeoutSettings, httpServer } from './http-server';

const LONG = 600_000;
const HEAD = 'GET /small HTTP/1.1\r\nHost: x\r\n';
const LARGE = Buffer.alloc(64 * 1024 * 1024);

/** Each case shortens only one timeout, so that no other timeout can close the connection. */
describe('A server asked to be patient', () => {
  let server: Server;
  /** Requests that wait for their response. */
  let waiting: ServerResponse[];
  let arrived: Promise<unknown>;

  async function impatientAbout(what: Partial<TimeoutSettings>) {
    const timeouts = { headMs: LONG, requestMs: LONG, answerMs: LONG, idleMs: LONG, ...what };
    server = httpServer(answer, new TimeoutSettings({ ...timeouts, checkEveryMs: 10 }));
    arrived = once(server, 'request');
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }
  beforeEach(() => (waiting = []));
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
    if (url === '/large') response.end(LARGE);
    else if (url === '/events')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    else if (url === '/later' || headers['content-length']) waiting.push(response);
    else response.end('small');
  }

  function client(): Socket {
    return connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  }

  /** Returns all that the client receives until the server closes the connection. */
  async function read(socket: Socket): Promise<string> {
    let text = '';
    socket.on('data', (data) => (text += data.toString('latin1')));
    await once(socket, 'close');
    return text;
  }

  it.each([
    ['never says anything', ''],
    ['never ends its head', HEAD],
  ])('hangs up on one that %s', async (_, beginning) => {
    await impatientAbout({ headMs: 50 });
    const socket = client();
    socket.write(beginning);
    expect(await read(socket)).toMatch(/^$|^HTTP\/1.1 408 /);
  });

  it('hangs up on one whose head comes in drops', async () => {
    await impatientAbout({ headMs: 200 });
    const socket = client();
    socket.write(HEAD);
    const drops = setInterval(() => socket.write('X-Drop: 1\r\n'), 20);
    await read(socket);
    clearInterval(drops);
  });

  it('hangs up on one that never ends its body', async () => {
    await impatientAbout({ requestMs: 100, headMs: 50 });
    const socket = client();
    socket.write('POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc');
    expect(await read(socket)).toMatch(/^HTTP\/1.1 408 /);
    expect(waiting).toHaveLength(1);
  });

  it('answers one that asked before it was closed, and hangs up then', async () => {
    await impatientAbout({});
    const socket = client();
    socket.write('GET /later HTTP/1.1\r\nHost: x\r\n\r\n');
    const all = read(socket);
    await arrived;
    const closed = once(server, 'close');
    server.close();
    waiting[0].end('late');
    expect(await all).toMatch(/^HTTP\/1.1 200 [^]*late/);
    await closed;
  });

  it('hangs up on one that does not read its answer', async () => {
    await impatientAbout({ answerMs: 100 });
    const socket = client().pause();
    socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
    const [, response] = (await arrived) as [IncomingMessage, ServerResponse];
    await once(response, 'close');
    expect((await read(socket.resume())).length).toBeLessThan(LARGE.length);
  });

  it('hangs up on one that says nothing more', async () => {
    await impatientAbout({ idleMs: 50 });
    const socket = client();
    socket.write(`${HEAD}\r\n`);
    expect(await read(socket)).toMatch(/^HTTP\/1.1 200 OK[^]*small$/);
  });

  it('lets event streams and slow answers be, however impatient it is with clients', async () => {
    await impatientAbout({ headMs: 50, requestMs: 50, answerMs: 50, idleMs: 50 });
    const [events, later] = [client(), client()];
    for (const [socket, path] of [
      [events, '/events'],
      [later, '/later'],
    ] as const)
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const over: string[] = [];
    events.on('close', () => over.push('events'));
    later.on('close', () => over.push('later'));
    expect(String((await once(events, 'data'))[0])).toContain('data: 1');
    // The server closed a slow client that came later, so the timeouts of the others would have expired before.
    const silent = client();
    await read(silent);
    expect(over).toEqual([]);
    waiting[0].end('at last');
    expect(await read(later)).toContain('at last');
  });
});
