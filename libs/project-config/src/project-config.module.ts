import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { CheckScope } from './application/check-scope';
import { ConfigureProject } from './application/configure-project';
import { CurrentTarget } from './application/current-target';
import { CurrentWarnings } from './application/current-warnings';
import { DraftTarget } from './application/draft-target';
import { ListProjects } from './application/list-projects';
import { ProjectConfigService } from './application/project-config.service';
import { RemoveProject } from './application/remove-project';
import { SyncTargets } from './application/sync-targets.port';
import { TargetChanges } from './application/target-changes';
import { TargetProbe } from './application/target-probe';
import { UpdateSettings } from './application/update-settings';
import { ProjectsController } from './http/projects.controller';
import { ProjectController } from './http/project.controller';
import { SyncTargetRow, TypeOrmSyncTargets } from './infrastructure/typeorm-sync-targets';

@Module({})
export class ProjectConfigModule {
  static forRoot(): DynamicModule {
    return {
      module: ProjectConfigModule,
      global: true,
      imports: [TypeOrmModule.forFeature([SyncTargetRow], GITLAB_SYNC)],
      controllers: [ProjectsController, ProjectController],
      providers: [
        CheckScope,
        ConfigureProject,
        CurrentTarget,
        CurrentWarnings,
        DraftTarget,
        ListProjects,
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
