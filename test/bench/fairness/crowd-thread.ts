import { Agent, request, type ClientRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Order, Place } from './crowd';

const CONNECTIONS = 16;
/** Pause before a refused caller asks again. */
const REFUSED_MS = 250;
/** Requests that make Dot ask GitLab while a person waits, and in the background. */
const ASKED = [
  ['POST', 'connection/check'],
  ['GET', 'projects'],
  ['POST', 'plan'],
  ['POST', 'pull'],
] as const;

const { root, bearer } = workerData as Place;
const agent = new Agent({ keepAlive: true });

let asking = false;
let askers: Promise<void>[] = [];
let streams: ClientRequest[] = [];
const answers = new Map<number, number>();

/** The status; 0 if there was no answer. */
const call = (method: string, path: string) =>
  new Promise<number>((done) => {
    request(
      `${root}/gitlab/${path}`,
      { method, agent, headers: { authorization: `Bearer ${bearer}` } },
      (response) => response.resume().on('close', () => done(response.statusCode ?? 0)),
    )
      .on('error', () => done(0))
      .end();
  });

const note = (status: number) => answers.set(status, (answers.get(status) ?? 0) + 1);

async function keepAsking(from: number): Promise<void> {
  for (let number = from; asking; number++) {
    const [method, path] = ASKED[number % ASKED.length];
    const status = await call(method, path);
    note(status);
    if (status >= 400 || status === 0) await pause(REFUSED_MS);
  }
}

function listen(run: string): ClientRequest {
  const headers = { authorization: `Bearer ${bearer}`, accept: 'text/event-stream' };
  return request(`${root}/gitlab/runs/${run}/events`, { agent: false, headers }, (response) => {
    note(response.statusCode ?? 0);
    response.on('error', () => undefined).resume();
  })
    .on('error', () => undefined)
    .end();
}

async function obey(order: Order): Promise<string> {
  if (order.kind === 'ask') {
    asking = true;
    askers = Array.from({ length: CONNECTIONS }, (_, number) => keepAsking(number));
    return '';
  }
  if (order.kind === 'listen') {
    streams = Array.from({ length: order.streams }, () => listen(order.run));
    return '';
  }
  asking = false;
  await Promise.all(askers);
  for (const stream of streams.splice(0)) stream.destroy();
  const said = [...answers].sort().map(([status, times]) => `${times} × ${status}`);
  answers.clear();
  return said.join(', ');
}

parentPort?.on('message', (order: Order) => void obey(order).then((said) => parentPort?.postMessage(said)));
