import { InMemoryTables } from '@app/database/testing';
import { orgId, Secret } from '@app/kernel';
import { FakeKeySource } from '../../testing/fake-key-source';
import { InMemoryConnections } from '../../testing/in-memory-connections';
import { CheckKeys } from './check-keys';
import type { StoredConnection } from './connections.port';
import { Vault } from './vault';

describe('Keys at start', () => {
  const ORGS = ['a', 'b', 'c'].map((org) => orgId(org));

  async function givenTokensUnder(keys: FakeKeySource): Promise<InMemoryConnections> {
    const connections = new InMemoryConnections(new InMemoryTables());
    for (const org of ORGS) {
      const sealedToken = new Vault(keys).seal(org, 'token', new Secret('glpat-secret'));
      await connections.save({ connection: { org } as StoredConnection['connection'], sealedToken });
      if (org === 'b') keys.rotate();
    }
    return connections;
  }

  it('are usable if each opens its own seals', async () => {
    const keys = new FakeKeySource();
    const connections = await givenTokensUnder(keys);
    expect(await new CheckKeys(connections, new Vault(keys)).unusableKeys()).toEqual(new Map());
  });

  it('are named if one is missing, with the number of tokens that need it', async () => {
    const keys = new FakeKeySource();
    const connections = await givenTokensUnder(keys);
    keys.forget('key-1');
    expect(await new CheckKeys(connections, new Vault(keys)).unusableKeys()).toEqual(new Map([['key-1', 2]]));
  });

  it('are named if another one has its id', async () => {
    const connections = await givenTokensUnder(new FakeKeySource());
    const others = new FakeKeySource();
    others.rotate();
    const unusable = await new CheckKeys(connections, new Vault(others)).unusableKeys();
    expect(unusable).toEqual(
      new Map([
        ['key-1', 2],
        ['key-2', 1],
      ]),
    );
  });

  it('leave everything as it was', async () => {
    const keys = new FakeKeySource();
    const connections = await givenTokensUnder(keys);
    const before = await connections.after(null, 10);
    keys.forget('key-1');
    await new CheckKeys(connections, new Vault(keys)).onApplicationBootstrap();
    expect(await connections.after(null, 10)).toEqual(before);
  });
});
