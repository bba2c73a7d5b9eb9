export { RetentionModule } from './retention.module';
export type { PrunersFactory } from './retention.module';
