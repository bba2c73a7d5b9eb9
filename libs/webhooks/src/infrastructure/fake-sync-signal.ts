import { randomUUID } from 'node:crypto';
import type { OrgId } from '@app/kernel';
import { SyncSignal } from '../application/sync-signal.port';

/** A sync that never gets to work: the first run asked for goes on waiting. */
export class FakeSyncSignal extends SyncSignal {
  readonly heardOf = new Set<OrgId>();
  readonly waiting = new Map<OrgId, string>();
  private readonly bases = new Map<OrgId, string>();
  private broken = false;

  async lookNow(org: OrgId): Promise<string | null> {
    if (this.broken) throw new Error('the sync is not there');
    const run = this.waiting.get(org) ?? randomUUID();
    this.waiting.set(org, run);
    return run;
  }

  async heard(org: OrgId): Promise<void> {
    this.heardOf.add(org);
  }

  async baseCommit(org: OrgId): Promise<string | null> {
    return this.bases.get(org) ?? null;
  }

  givenBase(org: OrgId, commit: string): void {
    this.bases.set(org, commit);
  }

  givenItFails(): void {
    this.broken = true;
  }
}
