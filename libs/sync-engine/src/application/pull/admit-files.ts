import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import { admitFiles, type Admitted } from '../../domain/admit-files';
import { isNew, takesRemote, type Decision } from '../../domain/decision';
import { SyncEngineSettings } from '../sync-engine.settings';

/** Decides which new files there is room for. Files that are committed meanwhile count when the change is stored. */
@Injectable()
export class AdmitFiles {
  constructor(
    private readonly store: ContextStore,
    private readonly settings: SyncEngineSettings,
  ) {}

  async execute(org: OrgId, decisions: readonly Decision[]): Promise<Admitted> {
    if (!decisions.some(isNew)) return { decisions };
    const touched = decisions.filter(({ local }) => local !== null).filter(takesRemote);
    const { files } = await this.store.files(
      org,
      touched.map(({ path }) => path),
    );
    const sizes = new Map([...files].map(([path, { size }]) => [path, size]));
    return admitFiles(decisions, sizes, await this.store.usage(org), this.settings.quota);
  }
}
