import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService, ScopeEvidence } from '@app/project-config';

/** Asks the context store whether a configured directory has files. */
@Injectable()
export class FilesInDot extends ScopeEvidence implements OnModuleInit {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly store: ContextStore,
  ) {
    super();
  }

  onModuleInit(): void {
    this.projects.addEvidence(this);
  }

  async has(org: OrgId, entry: string): Promise<boolean> {
    if ((await this.store.files(org, [entry])).files.size) return true;
    return (await this.store.list(org, { prefix: `${entry}/`, limit: 1 })).items.length > 0;
  }
}
