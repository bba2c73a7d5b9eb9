import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CheckScope } from './application/check-scope';
import { ConfigureProject } from './application/configure-project';
import { CurrentTarget } from './application/current-target';
import { CurrentWarnings } from './application/current-warnings';
import { GitLabChoices } from './application/gitlab-choices';
import { ProjectConfigService } from './application/project-config.service';
import { RemoveProject } from './application/remove-project';
import { SyncTargets } from './application/sync-targets.port';
import { TargetChanges } from './application/target-changes';
import { TargetProbe } from './application/target-probe';
import { UpdateSettings } from './application/update-settings';
import { ChoicesController } from './http/choices.controller';
import { ProjectController } from './http/project.controller';
import { SyncTargetRow, TypeOrmSyncTargets } from './infrastructure/typeorm-sync-targets';

@Module({})
export class ProjectConfigModule {
  static forRoot(): DynamicModule {
    return {
      module: ProjectConfigModule,
      global: true,
      imports: [TypeOrmModule.forFeature([SyncTargetRow])],
      controllers: [ChoicesController, ProjectController],
      providers: [
        CheckScope,
        ConfigureProject,
        CurrentTarget,
        CurrentWarnings,
        GitLabChoices,
        ProjectConfigService,
        RemoveProject,
        TargetChanges,
        TargetProbe,
        UpdateSettings,
        { provide: SyncTargets, useClass: TypeOrmSyncTargets },
      ],
      exports: [ProjectConfigService],
    };
  }
}
