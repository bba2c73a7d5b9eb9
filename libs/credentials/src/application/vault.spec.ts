import { inspect } from 'node:util';
import { orgId, Secret } from '@app/kernel';
import { FakeKeySource } from '../../testing/fake-key-source';
import { Vault } from './vault';

const ACME = orgId('acme');
const TOKEN = new Secret('glpat-very-secret ünïcode');

describe('Vault', () => {
  const keys = new FakeKeySource();
  const vault = new Vault(keys);
  const sealed = vault.seal(ACME, 'token', TOKEN);

  it('opens its own seals', () => {
    expect(vault.open(ACME, 'token', sealed).reveal()).toBe(TOKEN.reveal());
  });

  it('opens an empty secret too', () => {
    expect(vault.open(ACME, 'token', vault.seal(ACME, 'token', new Secret(''))).reveal()).toBe('');
  });

  it('shows nothing of the secret and names its key', () => {
    expect(sealed).toMatch(/^v1\.key-1\.[\w-]+\.[\w-]+$/);
    expect(Buffer.from(sealed.split('.')[3], 'base64url').toString('latin1')).not.toContain('glpat');
  });

  it('seals the same secret differently every time', () => {
    expect(vault.seal(ACME, 'token', TOKEN)).not.toBe(sealed);
  });

  it.each([
    ['another org', 'evil', 'token'],
    ['another purpose', 'acme', 'webhook'],
    ['org and purpose cut elsewhere', 'acmet', 'oken'],
  ])('does not open for %s', (_, org, purpose) => {
    expect(() => vault.open(orgId(org), purpose, sealed)).toThrow(
      expect.objectContaining({ code: 'secret_unreadable' }),
    );
  });

  it.each(['', 'v1', 'v2.key-1.a.b', `${sealed}.more`, sealed.slice(0, -2), 'v1.key-1.AAAA.AAAA'])(
    'refuses a damaged text (%#)',
    (text) => {
      expect(() => vault.open(ACME, 'token', text)).toThrow(
        expect.objectContaining({ code: 'secret_unreadable' }),
      );
    },
  );

  it('refuses a text with any character of the wrapped key or the payload changed', () => {
    const start = sealed.indexOf('.', 3) + 1;
    for (let at = start; at < sealed.length - 1; at++) {
      if (sealed[at] === '.' || sealed[at + 1] === '.') continue; // the last character of a part may carry unused bits
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => vault.open(ACME, 'token', changed)).toThrow();
    }
  });

  it('prints neither its keys nor the secret it opened', () => {
    const exported = keys.current().key.export().toString('hex');
    const printed = inspect(
      { vault, opened: vault.open(ACME, 'token', sealed) },
      { depth: 9, showHidden: true },
    );
    expect(printed).not.toContain('glpat');
    expect(printed.replaceAll(' ', '')).not.toContain(exported);
  });
});

describe('Rotation of the keys', () => {
  it('seals with the new key and still opens what the former one sealed', () => {
    const keys = new FakeKeySource();
    const vault = new Vault(keys);
    const before = vault.seal(ACME, 'token', TOKEN);
    keys.rotate();
    expect(vault.open(ACME, 'token', before).reveal()).toBe(TOKEN.reveal());
    expect(vault.seal(ACME, 'token', TOKEN)).toMatch(/^v1\.key-2\./);
  });

  it('rewraps, so that the former key can be forgotten', () => {
    const keys = new FakeKeySource();
    const vault = new Vault(keys);
    const before = vault.seal(ACME, 'token', TOKEN);
    keys.rotate();
    const after = vault.rewrap(before);
    keys.forget('key-1');
    expect(vault.open(ACME, 'token', after).reveal()).toBe(TOKEN.reveal());
    expect(vault.rewrap(after)).toBe(after);
  });

  it('names the key that is missing', () => {
    const keys = new FakeKeySource();
    const vault = new Vault(keys);
    const sealed = vault.seal(ACME, 'token', TOKEN);
    keys.rotate();
    keys.forget('key-1');
    const missing = expect.objectContaining({
      code: 'vault_key_unknown',
      kind: 'unavailable',
      message: expect.stringContaining('“key-1”'),
    });
    expect(() => vault.open(ACME, 'token', sealed)).toThrow(missing);
    expect(() => vault.rewrap(sealed)).toThrow(missing);
  });
});
