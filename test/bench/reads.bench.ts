import { compare } from './comparison/compare';
import { cpuSeconds } from './comparison/machine';
import { report } from './comparison/report';
import type { Texts } from './http/bare-reads';
import { Forked } from './http/forked';
import { answersPerSecond, endless } from './http/load';
import { OperatedService } from './http/operated-service';
import { ask } from './webhooks/ask';

const FILES = 100;
const BYTES = 6_000;
const CONNECTIONS = 32;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const OURS = 'Dot GitLab Sync';
const BARE = 'bare Express';

/** Reads of files that were read before, beside Express that sends the same bytes with an ETag. */
export async function run(): Promise<boolean> {
  const texts = Object.fromEntries(
    Array.from({ length: FILES }, (_, number) => [`notes/n-${number}.md`, textOf(number)]),
  );
  const service = await OperatedService.start();
  const bare = await Forked.start('http/bare-reads.ts', texts);
  try {
    const bearer = await service.tokenFor('acme');
    const files = `${service.url}/api/v1/orgs/acme/context/files`;
    for (const [path, body] of Object.entries(texts))
      await ask(`${files}/${path}`, {
        ...{ method: 'PUT', bearer, body },
        headers: { 'content-type': 'text/markdown' },
      });
    const contenders = [
      {
        name: OURS,
        at: service,
        base: '/api/v1/orgs/acme/context/files',
        headers: [`Authorization: Bearer ${bearer}`],
      },
      { name: BARE, at: bare, base: '/files', headers: [] },
    ];
    const result = await compare({
      title: `Warm reads of files of ${BYTES / 1000} kB, ${CONNECTIONS} connections`,
      ...{ unit: 'per second', rounds: ROUNDS },
      contenders: contenders.map(({ name, at, base, headers }) => ({
        name,
        run: () => measure(at, requestsFor(texts, base, headers)),
      })),
      target: { ours: OURS, beside: BARE, least: 0.6 },
    });
    return await report('reads', [result]);
  } finally {
    await bare.stop();
    await service.stop();
  }
}

async function measure(
  { url, pid }: { readonly url: string; readonly pid: number },
  requests: readonly string[],
) {
  const before = await cpuSeconds(pid);
  const load = { next: endless(requests), connections: CONNECTIONS, seconds: SECONDS, status: 200 };
  const value = await answersPerSecond(url, load);
  const spent = (await cpuSeconds(pid)) - before;
  return { value, facts: { 'ms of CPU each': (spent * 1000) / (value * SECONDS) } };
}

const requestsFor = (texts: Texts, base: string, headers: readonly string[]): string[] =>
  Object.keys(texts).map((path) =>
    [`GET ${base}/${path} HTTP/1.1`, 'Host: bench', ...headers, '', ''].join('\r\n'),
  );

const textOf = (number: number): string =>
  `# Note ${number}\n\n${'Prices change in May. '.repeat(300)}`.slice(0, BYTES);
