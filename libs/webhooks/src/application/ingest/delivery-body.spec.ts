import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { readBody, type DeliveryBody } from './delivery-body';

const BROKEN = { bytes: null, ending: 'broken' };
const unseen = () => undefined;

describe('A body', () => {
  it('is broken if the sender disconnected before it was read', async () => {
    const body = new PassThrough();
    await once(body.destroy(), 'close');
    expect(await readBody(body, unseen)).toEqual(BROKEN);
  });

  it('keeps its bytes together, however they come', async () => {
    const body = new PassThrough();
    const seen: string[] = [];
    const reading = readBody(body, (chunk) => seen.push(String(chunk)));
    for (const part of ['{"re', 'f":', '1}']) {
      body.write(part);
      await new Promise(setImmediate);
    }
    body.end();
    expect(await reading).toEqual({ bytes: Buffer.from('{"ref":1}'), ending: 'complete' });
    expect(seen.join('')).toBe('{"ref":1}');
  });
});

describe('A body that comes too slowly', () => {
  let server: Server;
  let reading: Promise<DeliveryBody>;
  beforeAll(async () => {
    let read: (body: DeliveryBody) => void;
    reading = new Promise((resolve) => (read = resolve));
    const site = express().post('/', async (request, response) => {
      read(await readBody(request, unseen, 50));
      response.end('answered');
    });
    server = createServer(site).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it('is cut off in time, and gets the answer of a broken body', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', unseen);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"ref":');
    const drip = setInterval(() => socket.write(' '), 10);
    const hungUp = new Promise((resolve) => socket.once('close', resolve)); // with or without a reset
    const [body] = await Promise.all([reading, hungUp]);
    clearInterval(drip);
    expect(body).toEqual(BROKEN);
  });
});
