import express, { type Request, type Response } from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { bornMessages } from './born-messages';

/** Iterations after which V8 has optimised the code; fewer would do. */
const WARM_UP = 50;

describe('Requests and answers that are born with the prototypes of Express', () => {
  it('share their hidden classes, and can what those of Express can', async () => {
    const kept: [Request, Response][] = [];
    const site = express().use((request, response) => {
      Object.assign(request, { caller: {} });
      kept.push([request, response]);
      response.json({ host: request.get('host') });
    });
    const server = createServer(bornMessages(site), site).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    for (let number = 0; number < WARM_UP; number++) {
      const answer = await fetch(`http://127.0.0.1:${port}`);
      expect(await answer.json()).toEqual({ host: `127.0.0.1:${port}` });
    }
    server.close();

    const [[request, response], [nextRequest, nextResponse]] = kept.slice(-2);
    expect(haveSameHiddenClass(request, nextRequest)).toBe(true);
    expect(haveSameHiddenClass(response, nextResponse)).toBe(true);
  });
});

/** Asks V8 itself, which is the only way to know. */
function haveSameHiddenClass(one: object, other: object): boolean {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return new Function('one', 'other', 'return %HaveSameMap(one, other)')(one, other) as boolean;
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}
