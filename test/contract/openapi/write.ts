// `npm run openapi`: writes the OpenAPI document, the types of the client and the page of error codes. With `--check` it writes nothing and reports what differs.
import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DOCUMENT, ERRORS, generate, TYPES } from './generate';
import { lint } from './lint';

async function main(): Promise<void> {
  const { document, types, errors } = await generate();
  const files = { [DOCUMENT]: document, [TYPES]: types, [ERRORS]: errors };
  const complaints = await lint(document);
  if (process.argv.includes('--check')) complaints.push(...outdated(files));
  else write(files);
  for (const complaint of complaints) console.log(complaint);
  process.exit(complaints.length ? 1 : 0);
}

function outdated(files: Record<string, string>): string[] {
  const stale = Object.entries(files).filter(
    ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
  );
  return stale.map(([path]) => `${path} is out of date: run \`npm run openapi\``);
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

void main();
