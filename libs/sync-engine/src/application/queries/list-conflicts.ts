import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Conflict, ConflictSide } from '../../domain/findings';
import { Findings } from '../ports/findings.port';

/** Lists the open conflicts; a side of Dot's may have become a commit since. */
@Injectable()
export class ListConflicts {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStore,
  ) {}

  /** Newest first. */
  async execute(org: OrgId, request: PageRequest): Promise<Page<Conflict>> {
    const page = await this.findings.conflicts(org, request);
    const items = page.items.map(async (conflict): Promise<Conflict> => ({
      ...conflict,
      stands: conflict.stands && (await this.withCommit(org, conflict.stands)),
    }));
    return { ...page, items: await Promise.all(items) };
  }

  private async withCommit(org: OrgId, side: ConflictSide): Promise<ConflictSide> {
    if (side.commit !== null) return side;
    return { ...side, commit: (await this.store.version(org, side.version))?.commit ?? null };
  }
}
