import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import { ancestors } from '../../domain/commit-plan';
import { NAME_TAKEN, QUOTA_EXCEEDED, type Quarantined } from '../../domain/findings';
import { withinQuota } from '../../domain/remaining-quota';
import { Findings } from '../ports/findings.port';
import { SyncEngineSettings } from '../sync-engine.settings';

/** Finds GitLab's files that Dot could not take because of their name or the quota, and now can. */
@Injectable()
export class FreedFiles {
  constructor(
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly settings: SyncEngineSettings,
  ) {}

  async find(org: OrgId): Promise<ReadonlySet<string>> {
    return this.findAmong(org, await this.findings.quarantined(org));
  }

  async findAmong(org: OrgId, quarantined: ReadonlyMap<string, Quarantined>): Promise<ReadonlySet<string>> {
    const freed = new Set(await this.withRoomNow(org, quarantined));
    for (const { path, side, reason } of quarantined.values()) {
      const held = side === 'remote' && reason === NAME_TAKEN;
      if (held && !(await this.nameIsTaken(org, path))) freed.add(path);
    }
    return freed;
  }

  private async withRoomNow(org: OrgId, quarantined: ReadonlyMap<string, Quarantined>): Promise<string[]> {
    const waiting = [...quarantined.values()].flatMap(({ path, reason, size }) =>
      reason === QUOTA_EXCEEDED ? { path, size: size ?? 0 } : [],
    );
    if (!waiting.length) return [];
    const { bytes, files } = await this.store.usage(org);
    const { maxBytes, maxFiles } = this.settings.quota;
    const room = { bytes: maxBytes - bytes, files: maxFiles - files };
    return withinQuota(room, waiting).map(({ path }) => path);
  }

  private async nameIsTaken(org: OrgId, path: string): Promise<boolean> {
    if ((await this.store.files(org, ancestors(path))).files.size) return true;
    return (await this.store.list(org, { prefix: `${path}/`, limit: 1 })).items.length > 0;
  }
}
