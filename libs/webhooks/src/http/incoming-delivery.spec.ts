import express from 'express';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { readBody, type DeliveryBody } from '../application/delivery-body';
import { toDelivery } from './incoming-delivery';

describe('A body that comes too slowly', () => {
  let server: Server;
  const bodies: DeliveryBody[] = [];
  beforeAll(async () => {
    const site = express().post('/', async (request, response) => {
      bodies.push(await readBody(toDelivery('x', request, 50).body, () => undefined));
      response.end('answered');
    });
    server = site.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  it('is broken off in time, and what is answered is what broken bodies mean', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"ref":');
    const drip = setInterval(() => socket.write(' '), 10);
    await once(socket, 'close');
    clearInterval(drip);
    expect(bodies).toEqual([{ bytes: null, ending: 'broken' }]);
  });
});
