import './tuning/heap';
import './stack-traces';
import 'reflect-metadata';
import { createServer as createProbe } from 'node:net';
import { announce, explain } from './console';
import { drain } from './drain';
import { EmbeddedPostgres } from './embedded-postgres/embedded-postgres';
import { processEnv } from './env';
import { Metrics } from './health/metrics';
import { createServer } from './server';
import {
  databaseUrls,
  embeddedUrls,
  metricsPort,
  serverSettings,
  shutdownDelayMs,
  type DatabaseUrls,
} from './settings';

const LONGEST_STOP_MS = 20_000;

/** Functions that stop the started parts; the last one runs first. */
const started: (() => Promise<unknown>)[] = [];
/** Takes the process out of service; does nothing until it serves. */
let leave = async (): Promise<void> => undefined;
/** The part of a stop in which the process still serves. */
let delayMs = 0;

async function start(): Promise<void> {
  const env = processEnv();
  await assertFree(env.PORT, env.HOST);
  const database = databaseUrls(env) ?? (await embeddedDatabase(env.DATA_DIR));
  const app = await createServer(serverSettings(env, database));
  started.push(() => app.close());
  if (metricsPort(env) !== env.PORT) started.push(await app.get(Metrics).listen(metricsPort(env), env.HOST));
  await app.listen(env.PORT, env.HOST);
  delayMs = shutdownDelayMs(env);
  leave = () => drain(app, delayMs);
  announce(env);
}

async function embeddedDatabase(dataDir: string): Promise<DatabaseUrls> {
  const database = await EmbeddedPostgres.start({ dataDir });
  started.push(() => database.stop());
  return embeddedUrls(database);
}

/** Runs before the database starts: a second server on the same port must not touch the data of the first. */
async function assertFree(port: number, host: string): Promise<void> {
  const probe = createProbe();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve));
  await new Promise((resolve) => probe.close(resolve));
}

const starting = start();
let stopping = false;

/** Ctrl-C may arrive twice, from the terminal and from npm; the second has no effect. */
async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const failed = exitCode > 0;
  setTimeout(() => process.exit(1), LONGEST_STOP_MS + (failed ? 0 : delayMs)).unref();
  await starting.catch(() => undefined);
  if (!failed) await leave();
  for (const close of started.reverse())
    await close().catch((error: unknown) => console.error(explain(error)));
  process.exit(exitCode);
}

/** Prints only the text from `explain`: Node itself would print everything that an error carries. */
function fail(error: unknown): void {
  console.error(explain(error));
  void stop(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
process.on('uncaughtException', fail);
starting.catch(fail);
