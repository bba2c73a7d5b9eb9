import { randomUUID } from 'node:crypto';
import { orgId, Scope, type OrgId, type Transactions } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { SyncTargets } from '@app/project-config/testing';

interface Subject {
  readonly targets: SyncTargets;
  readonly transactions: Transactions;
}

/** Describes what every store of sync targets must do. Other orgs' rows may be there. */
export function describeSyncTargetsContract(name: string, arrange: () => Promise<Subject>): void {
  describe(`Sync targets contract: ${name}`, () => {
    let targets: SyncTargets;
    let transactions: Transactions;
    let org: OrgId;
    beforeEach(async () => {
      ({ targets, transactions } = await arrange());
      org = orgId(`org-${randomUUID()}`);
    });

    it('has nothing for an org that configured nothing', async () => {
      expect(await targets.find(org)).toBeNull();
      expect(await targets.hold(org)).toBeNull();
    });

    it('returns exactly the saved target', async () => {
      const target = targetFor(org);
      await targets.save(target);
      expect(await targets.find(org)).toEqual(target);
      expect(await targets.hold(org)).toEqual(target);
    });

    it('keeps one target per org, the last one saved', async () => {
      await targets.save(targetFor(org));
      const last = targetFor(org, { branch: 'other', scope: new Scope(), autoSync: true });
      await targets.save(last);
      expect(await targets.find(org)).toEqual(last);
    });

    it('keeps orgs apart, even with the same project', async () => {
      const [mine, theirs] = [targetFor(org), targetFor(orgId(`other-${randomUUID()}`))];
      await targets.save(mine);
      await targets.save(theirs);
      await targets.remove(org, theirs.id);
      expect(await targets.find(org)).toEqual(mine);
      await targets.remove(org, mine.id);
      expect(await targets.find(org)).toBeNull();
      expect(await targets.find(theirs.org)).toEqual(theirs);
    });

    it('finds those of several orgs, and leaves out orgs without one', async () => {
      const [mine, theirs] = [targetFor(org), targetFor(orgId(`other-${randomUUID()}`))];
      await targets.save(mine);
      await targets.save(theirs);
      const found = await targets.locations([theirs.org, orgId('nobody'), org]);
      const expected = [mine, theirs].map(
        ({ org, connectionId, projectId, pathWithNamespace, branch, autoPull, publish, workBranch }) => ({
          ...{ org, connectionId, projectId, pathWithNamespace, branch, autoPull, publish, workBranch },
        }),
      );
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining(expected));
      expect(await targets.locations([])).toEqual([]);
    });

    it('notes the new path of a moved project, while the target is the same', async () => {
      const target = targetFor(org);
      await targets.save(target);
      await targets.recordPath(org, randomUUID(), 'wrong', 'wrong');
      expect(await targets.find(org)).toEqual(target);
      await targets.recordPath(org, target.id, 'new/path', 'https://gitlab.com/new/path');
      const moved = { pathWithNamespace: 'new/path', webUrl: 'https://gitlab.com/new/path' };
      expect(await targets.find(org)).toEqual({ ...target, ...moved });
    });

    it('pages over orgs', async () => {
      const all = ['-a', '-b', '-c'].map((suffix) => targetFor(orgId(org + suffix)));
      for (const target of [...all].reverse()) await targets.save(target);
      expect(await targets.after(org, 2)).toEqual(all.slice(0, 2));
      expect((await targets.after(all[1].org, 1))[0]).toEqual(all[2]);
      expect(await targets.after(null, 1)).toHaveLength(1);
    });

    it('keeps nothing of a transaction that fails', async () => {
      const failing = transactions.run(async () => {
        await targets.save(targetFor(org));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await targets.find(org)).toBeNull();
    });

    it('lets one transaction at a time hold an org, also one without a target', async () => {
      const join = () =>
        transactions.run(async () => {
          const held = await targets.hold(org);
          await targets.save(targetFor(org, { configuredBy: `${held?.configuredBy ?? ''}x` }));
        });
      await Promise.all([join(), join(), join()]);
      expect((await targets.find(org))?.configuredBy).toBe('xxx');
    });
  });
}

function targetFor(org: OrgId, more: Partial<SyncTarget> = {}): SyncTarget {
  return {
    id: randomUUID(),
    org,
    connectionId: randomUUID(),
    projectId: 5_000_000_000,
    pathWithNamespace: 'acme/context',
    webUrl: 'https://gitlab.com/acme/context',
    branch: 'main',
    scope: new Scope(['notes', 'with, comma "and" quotes', 'relationships.yaml']),
    warnings: [{ entries: ['with, comma "and" quotes', 'b'], detail: 'it’s missing' }],
    autoSync: false,
    autoPull: true,
    messagePrefix: 'docs: ',
    publish: 'merge_request',
    workBranch: 'dot/notes',
    quietSeconds: 5,
    fallbackAuthor: true,
    reportStatus: 'strict',
    created: true,
    onConflict: 'gitlab',
    configuredAt: new Date('2026-01-01T00:00:00.123Z'),
    configuredBy: '',
    ...more,
  };
}
