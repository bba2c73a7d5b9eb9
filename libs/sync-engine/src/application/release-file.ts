import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { ContextStore } from '@app/context-store';
import { isFindingReason, scanText } from '@app/inspection';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import type { Run } from '../domain/run';
import { FileNotHeld } from '../domain/sync.errors';
import { Findings } from './findings.port';
import { RequestRun } from './request-run';

/** A person has looked at what was suspicious in a file, and lets it leave for GitLab: these findings, not others. */
@Injectable()
export class ReleaseFile {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStore,
    private readonly request: RequestRun,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The pull after which it is shipped. @throws FileNotHeld, NotConnected, NotConfigured */
  execute(org: OrgId, path: string, act: Act): Promise<Run> {
    return this.transactions.run(async () => {
      const held = (await this.findings.quarantined(org)).get(path);
      const content = await this.contentOf(org, path);
      if (!held || !isFindingReason(held.reason) || !content) throw new FileNotHeld(path);
      const fingerprints = new Set(scanText(path, content).map(({ fingerprint }) => fingerprint));
      await this.findings.allow(org, [...fingerprints], this.clock.now());
      return this.request.byPerson(org, 'pull', act, path);
    });
  }

  private async contentOf(org: OrgId, path: string): Promise<Buffer | undefined> {
    const file = (await this.store.files(org, [path])).files.get(path);
    return file && (await this.store.contents(org, [file.blob])).get(file.blob);
  }
}
