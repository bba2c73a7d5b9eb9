import type { components } from '../../../libs/gitlab-sync/src/client/api-types';

export type { paths } from '../../../libs/gitlab-sync/src/client/api-types';

/** The names by which the page knows the generated types. */
type Described = components['schemas'];

export type Author = Described['AuthorView'];
export type Connection = Described['ConnectionView'];
export type ProjectChoice = Described['ProjectChoice'];
export type BranchChoice = Described['BranchChoice'];
export type Plan = Described['PlanView'];
export type Quota = Described['QuotaView'];
export type Delivery = Described['DeliveryView'];
export type OnConflict = 'newest' | 'dot' | 'gitlab';
export type Side = 'dot' | 'gitlab';

export type Run = Described['RunView'];
export type MergeRequest = Described['MergeRequestView'];
export type Project = Described['ProjectView'];
export type Webhook = Described['WebhookView'];
export type Sync = Described['SyncView'];
export type Status = Described['StatusView'];
export type Reason = Described['QuarantineView'];
export type FileState = Described['FileStateView'];

export type TextSide = Described['ConflictSideView'];
export type Conflict = Described['ConflictView'];
export type RunChange = Described['RunChangeView'];
export type HistoryEntry = Described['HistoryEntryView'];

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export type WebhookSecret = Described['WebhookSecretView'];
export type Notifications = Described['NotificationsView'];
export type NotificationsChange = Described['NotificationsBody'];
export type TestResult = Described['TestResult'];
export type PlanRequest = Described['PlanBody'];
