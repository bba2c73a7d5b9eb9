import { Module } from '@nestjs/common';
import { ConfigurableModuleClass } from './definition';

/** GitLab Sync as one importable module. Exports `GitLabSync`, `GitLabSyncBus` and `GitLabSyncOperations`. */
@Module({})
export class GitLabSyncModule extends ConfigurableModuleClass {}
