import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { ContextStore } from '@app/context-store';
import { fingerprintOf, InspectionService, isFindingReason } from '@app/inspection';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import type { Run } from '../../domain/run';
import { FileNotHeld } from '../../domain/sync.errors';
import { Findings } from '../ports/findings.port';
import { RequestRun } from './request-run';

/** Releases a file to GitLab after a person reviewed its findings: only these, no later ones. */
@Injectable()
export class ReleaseFile {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStore,
    private readonly inspections: InspectionService,
    private readonly request: RequestRun,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Releases the file and returns the pull after which it is pushed. @throws FileNotHeld, NotConnected, NotConfigured */
  async execute(org: OrgId, path: string, act: Act): Promise<Run> {
    const fingerprints = await this.fingerprints(org, path);
    return this.transactions.run(async () => {
      const held = (await this.findings.quarantined(org)).get(path);
      if (!held || !isFindingReason(held.reason) || !fingerprints) throw new FileNotHeld(path);
      await this.findings.allow(org, fingerprints, this.clock.now());
      return this.request.byPerson(org, 'pull', act, path);
    });
  }

  /** Returns the fingerprints of the file's findings; null if there is no file. */
  private async fingerprints(org: OrgId, path: string): Promise<string[] | null> {
    const file = (await this.store.files(org, [path])).files.get(path);
    if (!file) return null;
    const [inspected] = await this.inspections.inspect(org, [{ path, blob: file.blob }], (blobs) =>
      this.store.contents(org, blobs),
    );
    return inspected && inspected.findings.map((finding) => fingerprintOf(path, finding));
  }
}
