import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { CheckScope } from './application/check-scope';
import { ConfigureProject } from './application/configure-project';
import { CurrentTarget } from './application/current-target';
import { CurrentWarnings } from './application/current-warnings';
import { DraftTarget } from './application/draft-target';
import { ListProjects } from './application/list-projects';
import { ProjectConfigService } from './application/project-config.service';
import { ProjectApi } from './application/project.api';
import { RemoveProject } from './application/remove-project';
import { SyncTargets } from './application/sync-targets.port';
import { TargetChanges } from './application/target-changes';
import { TargetProbe } from './application/target-probe';
import { UpdateSettings } from './application/update-settings';
import { SyncTargetRow, TypeOrmSyncTargets } from './infrastructure/typeorm-sync-targets';

@Module({})
export class ProjectConfigModule {
  /** `imports` export `AuditTrail`, `Clock`, `CredentialsService`, `Database`, `EventBus` and `Transactions`. */
  static forRoot(imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: ProjectConfigModule,
      imports: [...imports, TypeOrmModule.forFeature([SyncTargetRow], GITLAB_SYNC)],
      providers: [
        CheckScope,
        ConfigureProject,
        CurrentTarget,
        CurrentWarnings,
        DraftTarget,
        ListProjects,
        ProjectApi,
        ProjectConfigService,
        RemoveProject,
        TargetChanges,
        TargetProbe,
        UpdateSettings,
        { provide: SyncTargets, useClass: TypeOrmSyncTargets },
      ],
      exports: [ProjectApi, ProjectConfigService],
    };
  }
}
