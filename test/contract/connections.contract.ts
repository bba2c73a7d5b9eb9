import { randomUUID } from 'node:crypto';
import type { Connections, StoredConnection } from '@app/credentials/testing';
import { orgId, type OrgId, type Transactions } from '@app/kernel';

interface Subject {
  readonly connections: Connections;
  readonly transactions: Transactions;
}

/** Describes what every store of connections must do. Other orgs' rows may be there. */
export function describeConnectionsContract(name: string, arrange: () => Promise<Subject>): void {
  describe(`Connections contract: ${name}`, () => {
    let connections: Connections;
    let transactions: Transactions;
    let org: OrgId;
    beforeEach(async () => {
      ({ connections, transactions } = await arrange());
      org = orgId(`org-${randomUUID()}`);
    });

    it('has nothing for an org that never connected', async () => {
      expect(await connections.find(org)).toBeNull();
      expect(await connections.hold(org)).toBeNull();
      expect(await connections.remove(org)).toBeNull();
    });

    it('returns exactly the saved connection', async () => {
      const expiring = storedFor(org, {
        expiresAt: new Date('2026-06-01T12:34:56.789Z'),
        scopes: ['api', 'read_user'],
      });
      await connections.save(expiring);
      expect(await connections.find(org)).toEqual(expiring);
      expect(await connections.hold(org)).toEqual(expiring);
    });

    it('keeps one connection per org, the last one saved', async () => {
      await connections.save(storedFor(org, { expiresAt: new Date() }));
      const last = storedFor(org, { username: 'eve', scopes: [] });
      await connections.save(last);
      expect(await connections.find(org)).toEqual(last);
    });

    it('keeps orgs apart', async () => {
      const other = storedFor(orgId(`other-${randomUUID()}`));
      await connections.save(storedFor(org));
      await connections.save(other);
      await connections.remove(org);
      expect(await connections.find(org)).toBeNull();
      expect(await connections.find(other.connection.org)).toEqual(other);
    });

    it('notes what a token turned out to be', async () => {
      const stored = storedFor(org);
      await connections.save(stored);
      const expected = { ...stored.connection, ...facts };
      expect(await connections.amend(stored.connection, facts)).toEqual(expected);
      expect(await connections.find(org)).toEqual({ ...stored, connection: expected });
    });

    it('notes nothing once the token is another', async () => {
      const stored = storedFor(org);
      await connections.save(stored);
      for (const other of [{ generation: randomUUID() }, { rotatedAt: new Date() }])
        expect(await connections.amend({ ...stored.connection, ...other }, facts)).toBeNull();
      expect(await connections.find(org)).toEqual(stored);
    });

    it('puts a renewed token in the place of the former one, and names it by the time', async () => {
      const stored = storedFor(org, { warned: { expiresAt: '2026-02-01T00:00:00.000Z', days: 7 } });
      await connections.save(stored);
      const at = '2026-01-02T00:00:00.000Z';
      const rotation = { id: randomUUID(), state: 'begun', at, problem: null } as const;
      expect(await connections.amend(stored.connection, { rotation })).toMatchObject({ rotation });
      const renewed = { rotatedAt: new Date('2026-01-02T03:04:05.678Z'), rotation: null, warned: null };
      await connections.amend(stored.connection, { ...renewed, sealedToken: 'renewed' });
      const connection = { ...stored.connection, ...renewed };
      expect(await connections.find(org)).toEqual({ connection, sealedToken: 'renewed' });
      expect(await connections.amend(stored.connection, facts)).toBeNull();
      expect(await connections.amend(connection, { selfRotation: true })).toMatchObject({
        selfRotation: true,
      });
    });

    it('finds the tokens that expire in some time, by org', async () => {
      const ends = ['2040-01-01', '2040-01-08', '2040-01-09', '2039-12-31', null];
      const all = ends.map((end, nth) =>
        storedFor(orgId(`${org}-${nth}`), { expiresAt: end === null ? null : new Date(end) }),
      );
      for (const stored of all) await connections.save(stored);
      const [from, until] = [new Date('2040-01-01'), new Date('2040-01-08')];
      const [one, other] = all.map(({ connection }) => connection);
      expect(await connections.expiring(from, until, org, 10)).toEqual([one, other]);
      expect(await connections.expiring(from, until, org, 1)).toEqual([one]);
      expect(await connections.expiring(from, until, one!.org, 10)).toEqual([other]);
    });

    it('returns the removed connection, once', async () => {
      const stored = storedFor(org);
      await connections.save(stored);
      expect(await connections.remove(org)).toEqual(stored);
      expect(await connections.remove(org)).toBeNull();
    });

    it('returns the connections of several orgs', async () => {
      const stored = storedFor(org);
      await connections.save(stored);
      const ids = await connections.idsOf([org, orgId('nobody')]);
      const { id, generation } = stored.connection;
      expect(ids).toEqual(new Map([[org, { id, generation }]]));
      expect(await connections.idsOf([])).toEqual(new Map());
    });

    it('pages over orgs', async () => {
      const all = ['-a', '-b', '-c'].map((suffix) => storedFor(orgId(org + suffix)));
      for (const stored of [...all].reverse()) await connections.save(stored);
      expect(await connections.after(org, 2)).toEqual(all.slice(0, 2));
      expect((await connections.after(all[1].connection.org, 1))[0]).toEqual(all[2]);
      expect(await connections.after(null, 1)).toHaveLength(1);
    });

    it('swaps a seal only for the one it was made from', async () => {
      const stored = storedFor(org);
      await connections.save(stored);
      await connections.reseal(org, 'another seal', 'wrong');
      expect(await connections.find(org)).toEqual(stored);
      await connections.reseal(org, stored.sealedToken, 'new seal');
      expect(await connections.find(org)).toEqual({ ...stored, sealedToken: 'new seal' });
    });

    it('keeps nothing of a transaction that fails', async () => {
      const failing = transactions.run(async () => {
        await connections.save(storedFor(org));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await connections.find(org)).toBeNull();
    });

    it('lets one transaction at a time hold an org, also one without a connection', async () => {
      const join = (name: string) =>
        transactions.run(async () => {
          const held = await connections.hold(org);
          await connections.save(
            storedFor(org, { connectedBy: `${held?.connection.connectedBy ?? ''}${name}` }),
          );
        });
      await Promise.all([join('x'), join('x'), join('x')]);
      expect((await connections.find(org))?.connection.connectedBy).toBe('xxx');
    });
  });
}

const facts = {
  username: 'project_1_bot',
  tokenKind: 'project',
  scopes: ['api', 'read_api'],
  expiresAt: new Date('2026-02-01T00:00:00Z'),
  canCreateProjects: false,
  granular: true,
} as const;

function storedFor(org: OrgId, more: Partial<StoredConnection['connection']> = {}): StoredConnection {
  const connection: StoredConnection['connection'] = {
    id: randomUUID(),
    generation: randomUUID(),
    org,
    instanceUrl: 'https://gitlab.com',
    username: 'ada',
    tokenKind: 'personal',
    scopes: ['api'],
    expiresAt: null,
    canCreateProjects: true,
    granular: false,
    connectedAt: new Date('2026-01-01T00:00:00.123Z'),
    connectedBy: 'Ada',
    selfRotation: false,
    rotatedAt: null,
    rotation: null,
    warned: null,
    ...more,
  };
  return { connection, sealedToken: `v1.key.${randomUUID()}.${randomUUID()}` };
}
