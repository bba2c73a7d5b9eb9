import { GitLabUnavailable } from '../../errors/answer.errors';
import { InstanceBlocked, InstanceUnreachable } from '../../errors/instance.errors';
import { DomainError } from '@app/kernel';

/** Reasons why no connection was made, by Node's code. Nothing was sent. */
const NEVER_CONNECTED: Record<string, string> = {
  ENOTFOUND: 'DNS knows no such host',
  ENODATA: 'DNS knows no address of the host',
  EAI_AGAIN: 'DNS does not answer',
  EAI_FAIL: 'DNS failed',
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'timeout while connecting',
  ECONNECTTIMEOUT: 'timeout while connecting',
  EPROXY: 'the proxy refused the connection',
};

const TLS = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|ERR_OSSL|HOSTNAME_MISMATCH|EPROTO)/;
const TLS_CUT_OFF = /before secure TLS connection was established/;

/** Translates a network error. Axios' own errors contain the token and must not leave this directory. */
export function connectionError(thrown: unknown, url: string, sent: 'read' | 'write'): Error {
  if (thrown instanceof DomainError) return thrown;
  const { code = '', message = '' } = thrown as { code?: string; message?: string };
  if (code === 'EBLOCKED') return new InstanceBlocked(url);
  if (NEVER_CONNECTED[code]) return new InstanceUnreachable(url, `${NEVER_CONNECTED[code]} (${code})`);
  if (TLS.test(code)) return new InstanceUnreachable(url, `TLS, the certificate was not accepted (${code})`);
  if (TLS_CUT_OFF.test(message))
    return new InstanceUnreachable(url, `TLS, the handshake was cut off (${code})`);
  if (sent === 'write') return new GitLabUnavailable(describe(code), { outcomeUnknown: true });
  if (code === 'EANSWERTIMEOUT') return new InstanceUnreachable(url, `${message} (timeout)`);
  return new GitLabUnavailable(describe(code));
}

function describe(code: string): string {
  if (code === 'EANSWERTIMEOUT') return 'timeout';
  if (code === 'EANSWERTOOLARGE') return 'the answer is too large';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was reset';
  return `the answer was cut off, ${code || 'unreadable'}`;
}
