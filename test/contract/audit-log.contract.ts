import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditLog } from '@app/audit';
import { orgId, type OrgId, type Transactions } from '@app/kernel';

/** Describes what every audit log must do. Other orgs' entries may be there. */
export function describeAuditLogContract(
  name: string,
  arrange: () => { readonly log: AuditLog; readonly transactions: Transactions },
): void {
  describe(`AuditLog contract: ${name}`, () => {
    let log: AuditLog;
    let transactions: Transactions;
    let org: OrgId;
    beforeEach(() => {
      ({ log, transactions } = arrange());
      org = orgId(`org-${randomUUID()}`);
    });

    const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
      id: randomUUID(),
      org,
      at: new Date('2026-01-01T12:00:00Z'),
      actor: { subject: 'u1', name: 'Ada', role: 'admin' },
      action: 'run.cancel',
      target: 'r1',
      from: '203.0.113.7',
      result: 'ok',
      ...more,
    });

    it('lists exactly the added entries, newest first, and none of other orgs', async () => {
      const first = entry({ at: new Date('2026-01-01T13:00:00Z') });
      const second = entry({ target: null, from: '', result: 'forbidden_role' });
      await log.add(first);
      await log.add(entry({ org: orgId(`org-${randomUUID()}`) }));
      await log.add(second);
      expect(await log.list(org, {})).toEqual({ items: [second, first], nextCursor: null });
    });

    it('keeps an entry with the transaction it is written in, or not at all', async () => {
      const kept = entry();
      await transactions.run(() => log.add(kept));
      const taken = transactions.run(async () => {
        await log.add(entry());
        throw new Error('the act failed');
      });
      await expect(taken).rejects.toThrow('the act failed');
      expect(await log.list(org, {})).toEqual({ items: [kept], nextCursor: null });
    });

    it('goes on from a cursor, also when something was added meanwhile', async () => {
      const added = [entry(), entry(), entry()];
      for (const one of added) await log.add(one);
      const first = await log.list(org, { limit: 2 });
      expect(first.items).toEqual([added[2], added[1]]);
      await log.add(entry());
      const second = await log.list(org, { limit: 2, cursor: first.nextCursor });
      expect(second).toEqual({ items: [added[0]], nextCursor: null });
    });

    it.each(['no cursor', Buffer.from('["drop table"]').toString('base64url')])(
      'refuses the cursor %j',
      async (cursor) => {
        await expect(log.list(org, { cursor })).rejects.toMatchObject({ code: 'validation_failed' });
      },
    );
  });
}
