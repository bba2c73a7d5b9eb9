import type { AddressInfo } from 'node:net';
import pc from 'picocolors';
import {
  DomainError,
  MigrationsForbidden,
  MigrationsPending,
  TablesInUse,
  TablesMissing,
  TenantsUnlocked,
} from '@app/gitlab-sync';
import { DataDirInUse, EmbeddedPostgresUnavailable } from './embedded-postgres/embedded-postgres.errors';
import { EnvInvalid, type Env } from './env';
import { redact } from './logging/redact';
import { listenUrl } from './settings';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]);
const FORESEEN = [
  ...[DataDirInUse, EmbeddedPostgresUnavailable, MigrationsForbidden, MigrationsPending],
  ...[TablesInUse, TablesMissing, TenantsUnlocked],
  DomainError,
];

/** Prints the next steps: text for a terminal, or one JSON line if the output is collected. */
export function announce(env: Env): void {
  const url = listenUrl(env).replace(/\/\/(0\.0\.0\.0|\[::\])/, '//localhost');
  const lines = {
    page: `${url}/panel`,
    api: `${url}/api/v1`,
    ...(env.DOCS === 'on' && { swagger: `${url}/docs` }),
    token: 'npm run token -- --org acme --role admin',
  };
  if (!process.stdout.isTTY) {
    console.log(
      JSON.stringify({ level: 30, time: Date.now(), msg: `Dot GitLab Sync listens on ${url}`, ...lines }),
    );
    return;
  }
  const rows = Object.entries({ ...lines, stop: 'Ctrl-C' }).map(
    ([name, text]) => `  ${pc.dim(name.padEnd(9))}${text}`,
  );
  console.log(['', `  ${pc.bold('Dot GitLab Sync is running.')}`, '', ...rows, ''].join('\n'));
}

/** Explains why the server does not start. An unexpected error comes with its stack. */
export function explain(error: unknown): string {
  if (error instanceof EnvInvalid)
    return ['Cannot start:', ...error.problems.map((text) => `  ${text}`)].join('\n');
  if (FORESEEN.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, port, address, syscall, path } = error as NodeJS.ErrnoException & Partial<AddressInfo>;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop the other program, or set PORT to a free one.`;
  if (code === 'EACCES' && port) return `Port ${port} needs more rights. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL')
    return `${address} is not an address of this machine. Set HOST to one of its addresses, to 127.0.0.1 or to 0.0.0.0.`;
  if (syscall === 'mkdir' || syscall === 'open')
    return `${path} cannot be created (${code}). Set DATA_DIR to a directory that you may write.`;
  if (code && UNREACHABLE.has(code)) return `The database cannot be reached (${code}). Check DATABASE_URL.`;
  return redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
