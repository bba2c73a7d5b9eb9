import { createHmac } from 'node:crypto';
import { Secret } from '@app/kernel';
import { judgeHeaders, type ProofHeaders } from './delivery-proof';
import { newKeys, type WebhookKeys } from './webhook-keys';

const NOW = new Date('2026-01-01T12:00:00Z');
const BODY = Buffer.from('{"text":"ü"}\n');
const keys = newKeys();
const former = newKeys();

/** Signs like GitLab: the key is the base64 after the prefix, the text is id.timestamp.body. */
function signatureWith({ signingToken }: WebhookKeys, id: string, timestamp: string, body = BODY): string {
  const key = Buffer.from(signingToken.reveal().replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`, 'latin1').update(body).digest('base64')}`;
}

function signed(
  more: { keys?: WebhookKeys; ageMs?: number; body?: Buffer<ArrayBuffer>; id?: string } = {},
): ProofHeaders {
  const { id = 'id-1' } = more;
  const timestamp = String((NOW.getTime() - (more.ageMs ?? 0)) / 1000);
  return {
    id,
    timestamp,
    signature: signatureWith(more.keys ?? keys, id, timestamp, more.body),
  };
}

function verdict(headers: ProofHeaders, { signs = false, accepted = [keys, former] } = {}): string {
  const proof = judgeHeaders(headers, accepted, signs, NOW);
  if (proof.verdict === 'proven') return 'proven by its headers';
  if (proof.verdict === 'refused') return proof.reason;
  expect(proof.verdict).toBe('signed');
  for (const byte of BODY) proof.signature.update(Buffer.from([byte]));
  return proof.signature.matches() ? 'proven by its signature' : 'signature_wrong';
}

const token = keys.secret.reveal();
const MINUTE = 60_000;

describe('The proof of a delivery', () => {
  it.each<[string, ProofHeaders, string]>([
    ['the right secret', { token }, 'proven by its headers'],
    ['the secret of before the rotation', { token: former.secret.reveal() }, 'proven by its headers'],
    ['no secret at all', {}, 'secret_missing'],
    ['an empty secret', { token: '' }, 'secret_wrong'],
    ['a wrong secret', { token: newKeys().secret.reveal() }, 'secret_wrong'],
    ['a secret with something after it', { token: `${token} ` }, 'secret_wrong'],
    ['the beginning of the secret', { token: token.slice(0, -1) }, 'secret_wrong'],
    ['the signing token in place of the secret', { token: keys.signingToken.reveal() }, 'secret_wrong'],
    ['a right signature without the secret', signed(), 'proven by its signature'],
    ['a signature with the former token', signed({ keys: former }), 'proven by its signature'],
    ['a signature with a strange token', signed({ keys: newKeys() }), 'signature_wrong'],
    ['a signature of another body', signed({ body: Buffer.from('{}') }), 'signature_wrong'],
    ['a signature of another id', { ...signed(), id: 'id-2' }, 'signature_wrong'],
    [
      'a right signature among others',
      { ...signed(), signature: `v2,x v1,AAAA ${signed().signature} v1,` },
      'proven by its signature',
    ],
    ['nothing but junk as signature', { ...signed(), signature: 'junk' }, 'signature_wrong'],
    [
      'a signature of another scheme',
      { ...signed(), signature: signed().signature!.replace('v1', 'v2') },
      'signature_wrong',
    ],
    ['a signature without an id', { ...signed(), id: undefined }, 'signature_wrong'],
    ['a signature of an empty id', signed({ id: '' }), 'signature_wrong'],
    ['a signature of an id in latin1', signed({ id: 'é' }), 'proven by its signature'],
    ['a signature without a time', { ...signed(), timestamp: undefined }, 'signature_wrong'],
    ['a time that is no number', { ...signed(), timestamp: '1e9' }, 'signature_wrong'],
    ['a signature of five minutes ago', signed({ ageMs: 5 * MINUTE }), 'proven by its signature'],
    ['a signature of longer ago', signed({ ageMs: 5 * MINUTE + 1000 }), 'signature_expired'],
    ['a signature from too far ahead', signed({ ageMs: -5 * MINUTE - 1000 }), 'signature_expired'],
    ['a wrong secret with a right signature', { ...signed(), token: 'wrong' }, 'secret_wrong'],
    [
      'the right secret with a signature that is not ours',
      { ...signed({ keys: newKeys() }), token },
      'proven by its headers',
    ],
  ])('%s', (_, headers, expected) => {
    expect(verdict(headers)).toBe(expected);
  });

  describe('of a hook that is known to sign', () => {
    it.each<[string, ProofHeaders, string]>([
      ['the right secret alone is enough', { token }, 'proven by its headers'],
      ['secret and signature are right', { ...signed(), token }, 'proven by its signature'],
      ['the signature is wrong', { ...signed({ keys: newKeys() }), token }, 'signature_wrong'],
      ['the signature is old', { ...signed({ ageMs: 6 * MINUTE }), token }, 'signature_expired'],
    ])('%s', (_, headers, expected) => {
      expect(verdict(headers, { signs: true })).toBe(expected);
    });
  });

  it('opens nothing if no keys are accepted', () => {
    expect(verdict({ token }, { accepted: [] })).toBe('secret_wrong');
    expect(verdict(signed(), { accepted: [] })).toBe('signature_wrong');
  });
});

describe('New keys', () => {
  it('hold 256 random bits each, the signing token in the form GitLab wants', () => {
    expect(Buffer.from(keys.secret.reveal(), 'base64url')).toHaveLength(32);
    expect(keys.signingToken.reveal()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(keys.secret).toBeInstanceOf(Secret);
    expect(keys.secret.reveal()).not.toBe(former.secret.reveal());
  });
});
