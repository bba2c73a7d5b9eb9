import { randomBytes } from 'node:crypto';
import { parseKeyRing } from '@app/credentials';
import { FakeKeySource, keySourceContract } from '@app/credentials/testing';

describe('FakeKeySource', () => {
  keySourceContract(() => {
    const keys = new FakeKeySource();
    const former = keys.current().id;
    keys.rotate();
    return { keys, former };
  });
});

describe('KeyRing', () => {
  keySourceContract(() => {
    const key = () => randomBytes(32).toString('base64');
    return { keys: parseKeyRing(`new:${key()},old:${key()}`), former: 'old' };
  });
});
