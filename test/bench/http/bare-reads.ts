import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The texts by path. */
export type Texts = Readonly<Record<string, string>>;

/** The least that can be done: Express sends texts from memory, with an ETag. */
async function serve(texts: Texts): Promise<void> {
  const known = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  const site = express();
  site.get('/files/*path', (request, response) => {
    const text = known.get((request.params.path as unknown as string[]).join('/'));
    if (!text) return void response.status(404).end();
    response.type('text/markdown').send(text);
  });
  const server = createServer(site).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

process.once('message', (texts) => void serve(texts as Texts));
process.once('disconnect', () => process.exit());
