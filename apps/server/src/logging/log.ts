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

function standardOutput(): DestinationStream {
  if (!process.stdout.isTTY) return pino.destination({ fd: 1, sync: true });
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
