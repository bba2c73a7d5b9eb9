import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { INPUTS, type HostileInput } from './inputs';

/** Data that the thread gets. */
export interface Outside {
  /** URL of the org's routes. */
  readonly root: string;
  readonly bearer: string;
}

/**
 * The callers and the GitLab instance, in a thread of their own: large texts would keep the one that measures from asking. Sends
 * the input of each number it is given, and returns the number once the service has answered.
 */
async function serve({ root, bearer }: Outside): Promise<void> {
  let answer = '{}';
  const instance = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(answer);
  }).listen(0, '127.0.0.1');
  await once(instance, 'listening');
  const instanceUrl = `http://127.0.0.1:${(instance.address() as AddressInfo).port}`;

  const call = (path: string, method: string, type: string, body: string) =>
    new Promise<void>((done) => {
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': type };
      request(`${root}/${path}`, { method, headers }, (response) => response.resume().on('close', done))
        .on('error', () => done()) // a body that is refused early may not be sent to its end
        .end(body);
    });
  const send = (input: HostileInput) => {
    if ('text' in input) return call(`context/files/${input.file}`, 'PUT', 'text/plain', input.text);
    if ('body' in input) return call('context/changes', 'POST', 'application/json', input.body);
    answer = input.answer;
    const connection = JSON.stringify({ token: 'glpat-bench', instanceUrl });
    return call('gitlab/connection', 'PUT', 'application/json', connection);
  };
  parentPort?.on('message', (number: number) => {
    void send(INPUTS[number]).then(() => parentPort?.postMessage(number));
  });
}

void serve(workerData as Outside);
