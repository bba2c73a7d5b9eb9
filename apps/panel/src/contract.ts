import type { components, paths as Today } from './api-types';

/**
 * The API contract that the page uses: the types that the server describes, and additions that it does not describe yet.
 * Once `api-types.ts` is generated from a server that has them, this file shrinks to names.
 */
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

export interface Commit {
  readonly id: string;
  readonly title: string;
  readonly author: Pick<Author, 'name'> | string | null;
}

export type Run = Described['RunView'] & {
  readonly head?: string | null;
  readonly title?: string | null;
  readonly author?: Pick<Author, 'name'> | string | null;
  readonly requestedBy?: Pick<Author, 'name'> | string | null;
};

export interface MergeRequest {
  readonly iid: number;
  readonly webUrl: string;
  readonly state: string;
  readonly title: string;
  readonly changes: number;
  readonly conflict: boolean;
  readonly updatedAt: string;
}

export type Project = Described['ProjectView'] & {
  readonly publish?: 'direct' | 'merge_request';
  readonly reportStatus?: 'off' | 'on' | 'strict';
  readonly mergeRequest?: MergeRequest | null;
};

export type Webhook = Omit<Described['WebhookView'], 'secret' | 'signingToken'>;

export interface FileCounts {
  readonly total: number;
  readonly inSync: number;
  readonly dotAhead: number;
  readonly gitlabAhead: number;
  readonly conflict: number;
  readonly quarantined: number;
}

export type Sync = Omit<Described['SyncView'], 'lastRun' | 'error'> & {
  readonly lastRun: Run | null;
  /** `runId`: the run that asks about deletions; it may have ended. */
  readonly error: (Described['StopView'] & { readonly runId?: string }) | null;
};

export interface Status {
  readonly state: 'disconnected' | 'connected' | 'configured';
  readonly health: 'ok' | 'syncing' | 'attention' | 'failing';
  readonly connection: Connection | null;
  readonly project: Project | null;
  readonly webhook: Webhook | null;
  readonly sync: Sync;
  readonly quota: Quota;
  readonly files?: FileCounts;
  readonly viewer?: { readonly role: string; readonly name: string | null };
  readonly oldestPendingAt?: string | null;
  readonly pollSeconds?: number;
}

export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

export type FileState = Omit<Described['FileStateView'], 'state'> & {
  readonly state: Described['FileStateView']['state'] | 'proposed';
  readonly quarantine?: Reason | null;
};

export interface TextSide {
  readonly author: Author;
  readonly at: string;
  readonly version: string | null;
  readonly commit?: string | null;
}

export type Conflict = Omit<Described['ConflictView'], 'winner' | 'kept'> & {
  readonly winner: Side;
  readonly kept: TextSide;
  readonly stands?: TextSide | null;
  readonly base?: TextSide | null;
  readonly runId?: string | null;
};

export interface RunChange {
  readonly path: string;
  readonly op: string;
  readonly from?: string | null;
}

export type HistoryEntry = Described['HistoryEntryView'];

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export type WebhookSecret = Described['WebhookSecretView'];

export interface PlanRequest {
  readonly projectId: number;
  readonly branch?: string;
  readonly directories?: readonly string[];
  readonly onConflict?: OnConflict;
}

interface Json<Body> {
  content: { 'application/json': Body };
}
interface OrgPath<More = unknown> {
  path: { org: string } & More;
}
interface Run202 {
  parameters: OrgPath<{ id: string }>;
  responses: { 202: Json<Run> };
}

/** Types that `api-types.ts` does not describe yet. */
interface Additions {
  '/api/v1/orgs/{org}/gitlab/plan': {
    post: { parameters: OrgPath; requestBody?: Json<PlanRequest>; responses: { 200: Json<Plan> } };
  };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/keep': { post: Run202 };
  '/api/v1/orgs/{org}/gitlab/runs/{id}/changes': {
    get: {
      parameters: OrgPath<{ id: string }> & { query?: { cursor?: string; limit?: number } };
      responses: { 200: Json<Page<RunChange>> };
    };
  };
  '/api/v1/orgs/{org}/gitlab/conflicts/{id}/dismiss': {
    post: { parameters: OrgPath<{ id: string }>; responses: { 204: { content?: never } } };
  };
}

export type paths = Omit<Today, keyof Additions> & Additions;
