import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { decodeCursor, encodeCursor, type Blob, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { planPath } from '../domain/planner';
import { Findings } from './findings.port';
import { SyncStates } from './sync-states.port';

export const FILE_STATES = ['in_sync', 'dot_ahead', 'gitlab_ahead', 'conflict', 'quarantined'] as const;
export type FileStateName = (typeof FILE_STATES)[number];

export interface FileState {
  readonly path: string;
  readonly state: FileStateName;
  readonly reason?: string;
  readonly dotBlob: Blob | null;
  readonly gitlabBlob: Blob | null;
  /** When Dot's copy last changed, or the file was quarantined. */
  readonly at: Date | null;
}

/** Where each file in scope stands, by what the last sync saw. */
@Injectable()
export class FileStates {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly findings: Findings,
  ) {}

  /** By path. @throws NotConnected, NotConfigured */
  async execute(
    org: OrgId,
    { state, limit = 50, cursor }: PageRequest & { readonly state?: FileStateName },
  ): Promise<Page<FileState>> {
    const after = cursor ? String(decodeCursor(cursor)[0]) : '';
    const matching = (await this.all(org)).filter(
      (file) => file.path > after && (!state || file.state === state),
    );
    const items = matching.slice(0, limit);
    const more = matching.length > limit;
    return { items, nextCursor: more ? encodeCursor([items[items.length - 1].path]) : null };
  }

  private async all(org: OrgId): Promise<FileState[]> {
    const { scope } = await this.projects.requireTarget(org);
    const [known, { files }, quarantined, open] = await Promise.all([
      this.states.agreed(org),
      this.store.snapshot(org),
      this.findings.quarantined(org),
      this.findings.conflicts(org, { limit: 200 }),
    ]);
    const conflicts = new Map(open.items.map((conflict) => [conflict.path, conflict]));
    const paths = [...new Set([...known.keys(), ...files.keys(), ...quarantined.keys()])]
      .filter((path) => scope.contains(path))
      .sort();
    return paths.flatMap((path): FileState[] => {
      const base = known.get(path);
      const file = files.get(path);
      const sides = { path, dotBlob: file?.blob ?? null, gitlabBlob: base?.gitlab ?? null };
      const held = quarantined.get(path);
      if (held)
        return [{ ...sides, state: 'quarantined', reason: `${held.reason}: ${held.detail}`, at: held.at }];
      const ahead = planPath(path, base, sides.dotBlob, sides.gitlabBlob) !== undefined;
      if (!ahead && !file) return [];
      const conflict = conflicts.get(path);
      if (conflict)
        return [
          {
            ...sides,
            state: 'conflict',
            reason: `${conflict.winner} won; the other text can be restored`,
            at: conflict.at,
          },
        ];
      return [{ ...sides, state: ahead ? 'dot_ahead' : 'in_sync', at: file?.updatedAt ?? null }];
    });
  }
}
