export { GitLabSyncModule } from './gitlab-sync.module';
export type { GitLabSyncSettings } from './settings';
