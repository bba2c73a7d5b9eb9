import { randomUUID } from 'node:crypto';
import type { OrgId } from '@app/kernel';
import { SyncSignal, type Hearing } from '../src/application/ports/sync-signal.port';

/** Fakes a sync that never starts: the first requested run keeps waiting. */
export class FakeSyncSignal extends SyncSignal {
  readonly heardOf = new Set<OrgId>();
  readonly waiting = new Map<OrgId, string>();
  /** Commits of the last request. */
  announced: ReadonlyMap<OrgId, string> = new Map();
  private readonly bases = new Map<OrgId, string>();
  private readonly broken = new Set<OrgId>();

  async of(): Promise<Hearing> {
    return {
      baseCommits: this.bases,
      lookNow: (orgs, announced) => {
        this.announced = announced;
        return this.lookNow(orgs);
      },
      heard: async (orgs) => orgs.forEach((org) => this.heardOf.add(org)),
    };
  }

  givenBase(org: OrgId, commit: string): void {
    this.bases.set(org, commit);
  }

  givenItFailsFor(org: OrgId): void {
    this.broken.add(org);
  }

  private async lookNow(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>> {
    if (orgs.some((org) => this.broken.has(org))) throw new Error('the sync is not there');
    for (const org of orgs) this.waiting.set(org, this.waiting.get(org) ?? randomUUID());
    return new Map(orgs.map((org) => [org, this.waiting.get(org)!]));
  }
}
