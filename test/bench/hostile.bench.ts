import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SignJWT } from 'jose';
import { freshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';
import { INPUTS } from './hostile/inputs';
import type { Outside } from './hostile/outside';
import { residentMb, watched } from './hostile/probe';

const MOST = { silenceMs: 100, aboveIdleMb: 200 };
const ORG = 'acme';

/** Sends what one caller or one instance can send, and measures for how long all others get no answer. */
export async function run(): Promise<boolean> {
  const database = await freshDatabase();
  const secret = randomBytes(32).toString('base64url');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shape = { role: 'all', databaseUrl: database.url, publicUrl: url, port, secret } as const;
  const service = await ServiceProcess.launch(shape).ready();
  const workerData: Outside = { root: `${url}/api/v1/orgs/${ORG}`, bearer: await tokenFor(secret) };
  const outside = new Worker(require.resolve('./hostile/outside.ts'), { workerData });
  const send = async (number: number) => {
    outside.postMessage(number);
    await once(outside, 'message');
  };
  try {
    await send(0);
    const idleMb = await residentMb(service.pid);
    console.log(`${'input'.padEnd(36)}silence (ms)   peak above idle (MB)`);
    let met = true;
    for (const [number, { name }] of INPUTS.entries()) {
      const { silenceMs, peakMb } = await watched(url, service.pid, () => send(number));
      const aboveMb = Math.max(0, peakMb - idleMb);
      const good = silenceMs <= MOST.silenceMs && aboveMb <= MOST.aboveIdleMb;
      console.log(
        `${name.padEnd(36)}${silenceMs.toFixed(0).padStart(12)}${aboveMb.toFixed(0).padStart(23)}${good ? '' : '   too much'}`,
      );
      met &&= good;
    }
    return met;
  } finally {
    await service.kill();
    await outside.terminate();
    await database.drop();
  }
}

function tokenFor(secret: string): Promise<string> {
  return new SignJWT({ role: 'admin', name: 'Ada', email: 'ada@example.com', org: ORG })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('Ada')
    .setExpirationTime('1 hour')
    .sign(new TextEncoder().encode(secret));
}
