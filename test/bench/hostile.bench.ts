import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { freshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';
import { INPUTS, type HostileInput } from './hostile/inputs';
import { residentMb, watched } from './hostile/probe';

const MOST = { silenceMs: 100, aboveIdleMb: 200 };
const ORG = 'acme';

/** What one caller or one instance can send, and for how long nobody else is answered. */
export async function run(): Promise<boolean> {
  const database = await freshDatabase();
  const secret = randomBytes(32).toString('base64url');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shape = { role: 'all', databaseUrl: database.url, publicUrl: url, port, secret } as const;
  const service = await ServiceProcess.launch(shape).ready();
  const instance = await hostileInstance();
  const bearer = await tokenFor(secret);
  try {
    await send(url, bearer, instance, INPUTS[0]);
    const idleMb = await residentMb(service.pid);
    console.log(`${'input'.padEnd(36)}silence (ms)   peak above idle (MB)`);
    let met = true;
    for (const input of INPUTS) {
      const { silenceMs, peakMb } = await watched(url, service.pid, () => send(url, bearer, instance, input));
      const aboveMb = Math.max(0, peakMb - idleMb);
      const good = silenceMs <= MOST.silenceMs && aboveMb <= MOST.aboveIdleMb;
      console.log(
        `${input.name.padEnd(36)}${silenceMs.toFixed(0).padStart(12)}${aboveMb.toFixed(0).padStart(23)}${good ? '' : '   too much'}`,
      );
      met &&= good;
    }
    return met;
  } finally {
    await service.kill();
    instance.server.close();
    await database.drop();
  }
}

interface Instance {
  readonly server: Server;
  readonly url: string;
  answer: string;
}

async function hostileInstance(): Promise<Instance> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(instance.answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const instance: Instance = { server, url: `http://127.0.0.1:${port}`, answer: '{}' };
  return instance;
}

/** Whatever the answer is. */
async function send(url: string, bearer: string, instance: Instance, input: HostileInput): Promise<void> {
  const root = `${url}/api/v1/orgs/${ORG}`;
  const call = (path: string, method: string, type: string, body: string) =>
    fetch(`${root}/${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': type },
      body,
    }).then((answer) => answer.arrayBuffer());
  if ('text' in input) await call(`context/files/${input.file}`, 'PUT', 'text/plain', input.text);
  else if ('body' in input) await call('context/changes', 'POST', 'application/json', input.body);
  else {
    instance.answer = input.answer;
    const connection = JSON.stringify({ token: 'glpat-bench', instanceUrl: instance.url });
    await call('gitlab/connection', 'PUT', 'application/json', connection);
  }
}

function tokenFor(secret: string): Promise<string> {
  return new SignJWT({ role: 'admin', name: 'Ada', email: 'ada@example.com', org: ORG })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('Ada')
    .setExpirationTime('1 hour')
    .sign(new TextEncoder().encode(secret));
}
