import { inspect } from 'node:util';
import { InstanceBlocked } from '../../errors/instance.errors';
import { connectionError } from './connection-errors';

const URL = 'https://gitlab.example';
const thrown = (code: string, message = '') =>
  Object.assign(new Error(message), {
    code,
    config: { headers: { Authorization: 'Bearer glpat-very-secret' } },
  });

describe('connectionError', () => {
  it.each([
    ['ENOTFOUND', 'DNS'],
    ['EAI_AGAIN', 'DNS'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNECTTIMEOUT', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['EHOSTUNREACH', 'route'],
    ['CERT_HAS_EXPIRED', 'TLS'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS'],
    ['EPROTO', 'TLS'],
    ['EPROXY', 'proxy'],
  ])('knows that nothing was sent after %s, and names %s', (code, named) => {
    for (const sent of ['read', 'write'] as const) {
      const error = connectionError(thrown(code), URL, sent);
      expect(error).toMatchObject({ code: 'instance_unreachable', reason: expect.stringContaining(named) });
      expect(error.message).toContain(`Can't reach ${URL}`);
    }
  });

  it('knows that nothing was sent when TLS was cut off', () => {
    const cut = thrown(
      'ECONNRESET',
      'Client network socket disconnected before secure TLS connection was established',
    );
    expect(connectionError(cut, URL, 'write')).toMatchObject({ code: 'instance_unreachable' });
  });

  it.each(['ECONNRESET', 'EPIPE', 'EANSWERTIMEOUT', 'EANSWERTOOLARGE', 'ERR_BAD_RESPONSE', 'SOMETHING_NEW'])(
    'doubts the outcome of a write after %s',
    (code) => {
      expect(connectionError(thrown(code), URL, 'write')).toMatchObject({
        code: 'gitlab_unavailable',
        outcomeUnknown: true,
      });
    },
  );

  it('calls a read that was not answered in time unreachable, one that broke unavailable', () => {
    expect(connectionError(thrown('EANSWERTIMEOUT'), URL, 'read')).toMatchObject({
      code: 'instance_unreachable',
    });
    expect(connectionError(thrown('ECONNRESET'), URL, 'read')).toMatchObject({
      code: 'gitlab_unavailable',
      outcomeUnknown: false,
    });
  });

  it.each([
    ['EANSWERTIMEOUT', '(timeout)'],
    ['EANSWERTOOLARGE', '(the answer is too large)'],
    ['ECONNRESET', '(the connection was reset)'],
    ['EPIPE', '(the connection was reset)'],
    ['ERR_BAD_RESPONSE', '(the answer was cut off, ERR_BAD_RESPONSE)'],
    ['NOT_EPROTO', '(the answer was cut off, NOT_EPROTO)'],
    ['', '(the answer was cut off, unreadable)'],
  ])('says what happened after %j', (code, named) => {
    expect(connectionError(thrown(code), URL, 'write').message).toContain(named);
  });

  it.each<[string, unknown, string]>([
    ['a blocked address', thrown('EBLOCKED'), 'instance_blocked'],
    ['an error that is translated already', new InstanceBlocked(URL), 'instance_blocked'],
    ['something without code and message', {}, 'gitlab_unavailable'],
  ])('knows %s', (_, error, code) => {
    expect(connectionError(error, URL, 'read')).toMatchObject({ code });
  });

  it('attaches no part of the thrown error', () => {
    expect(inspect(connectionError(thrown('ECONNRESET'), URL, 'read'), { depth: 10 })).not.toContain(
      'very-secret',
    );
  });
});
