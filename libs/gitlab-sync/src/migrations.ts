import { contextStoreMigrations } from '@app/context-store';
import { credentialsMigrations } from '@app/credentials';
import { projectConfigMigrations } from '@app/project-config';
import { syncEngineMigrations } from '@app/sync-engine';
import { webhooksMigrations } from '@app/webhooks';
import { auditMigrations } from '@app/audit';
import { inspectionMigrations } from '@app/inspection';
import { notificationsMigrations } from '@app/notifications';
import type { Migration } from '@app/database';
import { sharedMigrations } from './infrastructure/migrations';

/**
 * Returns the migrations of all modules, in the order they run: by the timestamp that ends their names. Without our
 * own `contextStore`, no tables of ours hold files.
 */
export const migrationsWith = ({ contextStore }: { readonly contextStore: boolean }): readonly Migration[] =>
  [
    ...auditMigrations,
    ...(contextStore ? contextStoreMigrations : []),
    ...credentialsMigrations,
    ...inspectionMigrations,
    ...notificationsMigrations,
    ...projectConfigMigrations,
    ...sharedMigrations,
    ...syncEngineMigrations,
    ...webhooksMigrations,
  ].sort((a, b) => timestampOf(a) - timestampOf(b));

/** The migrations of our tables, in their order, for a host that runs them itself. */
export const migrations = migrationsWith({ contextStore: true });

function timestampOf({ name }: Migration): number {
  return Number(name.slice(-13));
}
