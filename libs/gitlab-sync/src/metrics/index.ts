export { gitLabMetrics } from './gitlab-metrics';
export { SyncMetrics } from './sync-metrics';
export { tenantMetrics } from './tenant-metrics';
