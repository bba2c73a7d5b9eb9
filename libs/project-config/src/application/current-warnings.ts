import { Injectable } from '@nestjs/common';
import type { SyncTarget } from '../domain/sync-target';
import { ScopeEvidence } from './scope-evidence.port';

/** Returns the warnings about a target that still apply. */
@Injectable()
export class CurrentWarnings {
  private readonly evidence: ScopeEvidence[] = [];

  addEvidence(evidence: ScopeEvidence): void {
    this.evidence.push(evidence);
  }

  /** Leaves out a warning if Dot has files there by now. */
  async execute({ org, warnings }: SyncTarget): Promise<readonly string[]> {
    const details: string[] = [];
    for (const { entries, detail } of warnings) {
      const found = await Promise.all(
        entries.flatMap((entry) => this.evidence.map((evidence) => evidence.has(org, entry))),
      );
      if (!found.includes(true)) details.push(detail);
    }
    return details;
  }
}
