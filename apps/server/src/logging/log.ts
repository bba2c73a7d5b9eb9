import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { inertLines } from '@app/gitlab-sync';
import { redact } from './redact';

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'webhook-signature',
  'x-gitlab-token',
];
const DEPTHS = ['', '*', '*.*'];

/** Writes JSON lines, or readable lines on a terminal. */
export function createLog(level: string, destination: DestinationStream = standardOutput()): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => DEPTHS.map((depth) => `${depth}["${field}"]`));
  return pino(
    { level, redact: { paths, censor: '[redacted]' }, serializers: { err: describeError } },
    destination,
  );
}

/**
 * Collects lines, because each write would cost more than the rest of a request. Writes them at the latest after
 * it, and when the process exits, also after a fatal error.
 */
export function batched(fd: number): DestinationStream {
  return pino.destination({
    ...{ fd, sync: false, minLength: BATCH_BYTES, periodicFlush: FLUSH_MS, maxLength: MOST_BYTES },
  });
}

const BATCH_BYTES = 4_096;
const FLUSH_MS = 100;
/** More lines are dropped: a reader that is too slow must not fill the memory. */
const MOST_BYTES = 16 * 1024 * 1024;

function standardOutput(): DestinationStream {
  if (!process.stdout.isTTY) return batched(1);
  return pretty({ sync: true, ignore: 'pid,hostname,context', translateTime: 'SYS:HH:MM:ss' });
}

/** Keeps only fields known to be harmless: errors of HTTP clients carry the request, and with it the token. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { type, message, stack } = stdSerializers.err(error);
  const { code } = error as { code?: unknown };
  return {
    type,
    message: inertLines(redact(message)),
    stack: inertLines(redact(stack)),
    ...(code !== undefined && { code }),
  };
}
