export { GitLabSyncModule } from './gitlab-sync.module';
export { RotateKeys } from './rotate-keys';
export type { GitLabSyncSettings } from './settings';
