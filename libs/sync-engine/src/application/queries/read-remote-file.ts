import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { RemoteFileNotFound } from '../../domain/sync.errors';
import { Findings } from '../ports/findings.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncStates } from '../ports/sync-states.port';

/** Reads a text of GitLab's that was kept out of Dot. */
@Injectable()
export class ReadRemoteFile {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly findings: Findings,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** @throws RemoteFileNotFound if it is not kept out, not UTF-8 or too big; NotConnected, NotConfigured */
  async execute(org: OrgId, path: string): Promise<Buffer> {
    const { target, gitlab } = await this.projects.open(org, { priority: 'interactive' });
    const { baseCommit, targetId } = await this.states.load(org);
    const held = (await this.findings.quarantined(org)).get(path);
    if (held?.side !== 'remote' || targetId !== target.id || baseCommit === null)
      throw new RemoteFileNotFound(path);
    const { maxFileBytes: maxBytes } = this.settings;
    for await (const file of gitlab.readFiles(target, baseCommit, [path], { maxBytes }))
      if (file.path === path && file.kind === 'file' && file.bytes && isUtf8(file.bytes)) return file.bytes;
    throw new RemoteFileNotFound(path);
  }
}
