import { randomBytes } from 'node:crypto';
import { parseKeyRing } from '@app/credentials';
import { FakeKeySource } from '@app/credentials/testing';
import { describeKeySourceContract } from './key-source.contract';

describeKeySourceContract('FakeKeySource', () => {
  const keys = new FakeKeySource();
  const former = keys.current().id;
  keys.rotate();
  return { keys, former };
});

describeKeySourceContract('KeyRing', () => {
  const key = () => randomBytes(32).toString('base64');
  return { keys: parseKeyRing(`new:${key()},old:${key()}`), former: 'old' };
});
