// Changes the code of one area in small ways and reports the changes that no spec notices: npm run mutate -- AREA [PART/PARTS] [FILE…]
import { readdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { AREAS } from './areas.mjs';

const [name, ...more] = process.argv.slice(2);
const isSample = (text) => /^\d+\/\d+$/.test(text);
const sample = more.find(isSample);
const files = more.filter((text) => !isSample(text));
const area = AREAS[name];
if (!area) {
  console.error(`Usage: npm run mutate -- ${Object.keys(AREAS).join('|')} [part/parts] [file to change ...]`);
  process.exit(1);
}
process.chdir(join(import.meta.dirname, '../..'));
const leftOut = ['**/*.spec.ts', ...(area.except ?? [])];
process.env.MUTATION_SPECS = area.specs.flatMap(specsBelow).join();
if (sample) process.env.MUTATION_SAMPLE = sample;

await new Stryker({
  mutate: files.length ? files : [...area.mutate.map(patternOf), ...leftOut.map((path) => `!${path}`)],
  testRunner: 'circus',
  plugins: ['circus-runner', 'ignored', 'sample'].map((plugin) => `${import.meta.dirname}/${plugin}.mjs`),
  ignorers: ['sentences', 'log-lines'],
  checkers: sample ? ['sample'] : [],
  coverageAnalysis: 'perTest',
  ...{ timeoutMS: 60_000, timeoutFactor: 4 }, // slow is not killed
  tempDirName: join(tmpdir(), 'dot-gitlab-sync-mutation', name),
  ignorePatterns: ['/dist', '/.data', '/coverage', '/docs'],
  concurrency: Number(process.env.MUTATION_WORKERS) || Math.max(1, availableParallelism() - 1),
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowEmojis: false, reportTests: false, logTests: false },
  jsonReporter: { fileName: `coverage/mutation/${name}.json` },
  thresholds: { high: 100, low: area.atLeast, break: area.atLeast },
}).runMutationTest();

function specsBelow(path) {
  if (path.endsWith('.ts')) return path;
  return readdirSync(path, { recursive: true })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => path + file);
}

function patternOf(path) {
  return path.endsWith('/') ? `${path}**/*.ts` : path;
}
