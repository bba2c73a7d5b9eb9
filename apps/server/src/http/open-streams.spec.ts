import express, { type Response } from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenStreams } from './open-streams';

it('ends event streams when the server stops, and leaves other answers to end by themselves', async () => {
  const streams = new OpenStreams();
  const waiting: Response[] = [];
  const site = express().use(streams.watch);
  site.get('/events', (_, response) => void response.type('text/event-stream').write('data: 1\n\n'));
  site.get('/slow', (_, response) => void waiting.push(response));
  const server = createServer(site);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const events = await fetch(`${url}/events`);
  const slow = fetch(`${url}/slow`).then((answer) => answer.text());
  while (!waiting.length) await new Promise((resolve) => setImmediate(resolve));
  streams.onModuleDestroy();

  expect(await events.text()).toBe('data: 1\n\n');
  waiting[0].send('done');
  expect(await slow).toBe('done');
  server.close();
});
