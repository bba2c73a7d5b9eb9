export { gitLabMetrics } from './gitlab-metrics';
export type { EventSubscriber } from '@app/kernel';
export { SyncMetrics } from './sync-metrics';
export { tenantMetrics } from './tenant-metrics';
