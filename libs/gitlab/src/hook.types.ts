import type { Secret } from '@app/kernel';

export interface HookRequest {
  readonly url: string;
  readonly token: Secret;
  /** `whsec_` + base64 of 32 bytes. Servers before 19.0 ignore it. */
  readonly signingToken?: Secret;
  /** Branches whose pushes are delivered; `*` in a name stands for any text. */
  readonly branches: readonly [string, ...string[]];
  /** Delivers the events of all merge requests into the project: GitLab does not filter them by branch. */
  readonly mergeRequestEvents: boolean;
  readonly verifyTls: boolean;
}

export interface Hook {
  readonly id: number;
  readonly url: string;
  readonly pushEvents: boolean;
  readonly mergeRequestEvents: boolean;
  readonly branchFilter: string | null;
  /** Null, here and below, if the server is too old to return it. */
  readonly branchFilterStrategy: 'wildcard' | 'regex' | 'all_branches' | null;
  readonly verifiesTls: boolean | null;
  readonly alertStatus: 'executable' | 'temporarily_disabled' | 'disabled';
  readonly disabledUntil: Date | null;
  readonly tokenPresent: boolean | null;
  readonly signingTokenPresent: boolean | null;
}
