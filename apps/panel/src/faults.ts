import type { Phrase } from './say';

/** Place on the page that shows the error of a request. */
export type Place =
  | 'token'
  | 'url'
  | 'form'
  | 'project-choice'
  | 'name'
  | 'project'
  | 'branch'
  | 'webhook'
  | 'button'
  | 'nowhere'
  | 'page';

/** Place in the sync state that shows the error. `late`: a quiet line, only after half a minute. */
export type StopPlace = 'banner' | 'quiet' | 'late' | 'worth';

export type LinkName =
  'access-tokens' | 'protected-branches' | 'project-edit' | 'merge-requests' | 'repository';

export type ActionName =
  | 'replace-token'
  | 'push'
  | 'pull'
  | 'changed-it'
  | 'other-branch'
  | 'other-project'
  | 'merge-request'
  | 'propose'
  | 'discard'
  | 'review';

export interface FaultWords {
  readonly title: Phrase;
  readonly at: Place;
  readonly stop?: StopPlace;
  /** The directions that stop meanwhile; the other direction continues. */
  readonly stops?: 'push' | 'both';
  readonly more?: Phrase;
  readonly link?: { readonly to: LinkName; readonly text: Phrase };
  readonly actions?: readonly ActionName[];
}

const TOKENS = { to: 'access-tokens', text: 'Open Access Tokens in GitLab' } as const;
const MERGE_REQUESTS = {
  to: 'merge-requests',
  text: '{project} → Settings → Merge requests',
} as const;

const stored = {
  title: "Dot can't use the stored token",
  at: 'button',
  stop: 'banner',
  stops: 'both',
  actions: ['replace-token'],
} as const;
const moving = {
  title: 'Both sides keep changing',
  at: 'button',
  stop: 'late',
  more: 'Goes on by itself.',
} as const;
const overtaken = { title: 'This has changed', at: 'nowhere' } as const;
const justNow = { title: "Dot couldn't do that just now", at: 'button' } as const;
const field = (at: Place, title: Phrase): FaultWords => ({ title, at });

/** Copy by error code: the page adds it to the API's sentence (`detail`). */
export const FAULTS: Readonly<Record<string, FaultWords>> = {
  token_rejected: {
    title: 'GitLab rejected the token',
    at: 'token',
    stop: 'banner',
    stops: 'both',
    link: TOKENS,
    actions: ['replace-token'],
  },
  token_scope_missing: {
    title: 'The token lacks the `api` scope',
    at: 'token',
    stop: 'banner',
    stops: 'both',
    link: TOKENS,
    actions: ['replace-token'],
  },
  instance_unreachable: {
    ...field('url', "Can't reach {url}"),
    stop: 'quiet',
    more: 'Trying again {in}. Nothing is lost.',
  },
  instance_not_gitlab: {
    ...field('url', "{url} isn't a GitLab instance"),
    stop: 'banner',
    stops: 'both',
    actions: ['pull'],
  },
  instance_blocked: {
    ...field('url', 'Dot may not reach {url}'),
    stop: 'banner',
    stops: 'both',
    actions: ['pull'],
  },
  validation_failed: field('form', "That can't be used"),
  body_too_large: field('form', "That can't be used"),
  unsupported_media_type: justNow,
  token_cannot_create_projects: field('project-choice', "This token can't create projects"),
  project_name_taken: field('name', '{name} already exists'),
  project_not_found: {
    ...field('project', "The token can't see it any more"),
    stop: 'banner',
    stops: 'both',
    actions: ['pull', 'other-project', 'replace-token'],
  },
  branch_not_found: {
    ...field('branch', "The token can't see it any more"),
    stop: 'banner',
    stops: 'both',
    actions: ['pull', 'other-branch'],
  },
  branch_protected: {
    title: 'GitLab refused the push: `{branch}` is protected',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: { to: 'protected-branches', text: '{project} → Settings → Repository → Protected branches' },
    actions: ['merge-request', 'changed-it', 'other-branch'],
  },
  push_refused: { title: 'GitLab refused a file', at: 'button', stop: 'worth', stops: 'push' },
  refused_by_gitlab: { title: 'GitLab refused a file', at: 'button', stop: 'worth', stops: 'push' },
  branch_gone: {
    title: 'The branch `{branch}` is gone',
    at: 'branch',
    stop: 'banner',
    stops: 'both',
    actions: ['pull', 'other-branch'],
  },
  project_gone: {
    title: "The project is gone, or the token can't see it",
    at: 'project',
    stop: 'banner',
    stops: 'both',
    actions: ['pull', 'other-project', 'replace-token'],
  },
  project_archived: {
    title: 'The project is archived',
    at: 'project',
    stop: 'banner',
    stops: 'push',
    link: { to: 'project-edit', text: '{project} → Settings → General → Advanced' },
    actions: ['push'],
  },
  mass_delete_unconfirmed: {
    title: 'Delete many files in Dot?',
    at: 'button',
    stop: 'banner',
    stops: 'both',
    actions: ['review'],
  },
  rate_limited: {
    title: 'GitLab asks Dot to slow down',
    at: 'button',
    stop: 'quiet',
    more: 'Goes on at {time}.',
  },
  gitlab_answer_invalid: {
    title: "GitLab's answer was incomplete",
    at: 'button',
    stop: 'quiet',
    more: 'Trying again {in}. Nothing is lost.',
  },
  gitlab_unavailable: {
    title: "GitLab isn't answering",
    at: 'button',
    stop: 'quiet',
    more: 'Trying again {in}. Nothing is lost.',
    actions: ['pull'],
  },
  quota_exceeded: {
    title: "This organization's context is full",
    at: 'button',
    stop: 'banner',
    more: '{used} of {max}. Delete files, or ask for more.',
  },
  merge_request_closed: {
    title: 'The merge request was closed',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    actions: ['propose', 'discard'],
  },
  merge_request_retargeted: {
    title: 'The merge request leads to another branch',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    actions: ['push'],
  },
  merge_requests_disabled: {
    title: 'The project takes no merge requests',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: MERGE_REQUESTS,
    actions: ['push'],
  },
  work_branch_refused: {
    title: 'GitLab refused the work branch',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: { to: 'protected-branches', text: '{project} → Settings → Repository → Protected branches' },
    actions: ['push'],
  },
  work_branch_name_taken: {
    title: 'The name of the work branch is taken',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: { to: 'repository', text: '{project} → Branches' },
    actions: ['push'],
  },
  webhook_not_permitted: field('webhook', 'The token may not add webhooks'),
  webhook_url_refused: field('webhook', "GitLab can't use this URL"),
  webhook_test_failed: field('webhook', "GitLab couldn't deliver a test"),
  hook_not_found: field('webhook', 'The webhook is gone from GitLab'),
  token_not_rotatable: stored,
  secret_unreadable: stored,
  vault_key_unknown: stored,
  gitlab_refused: {
    title: 'GitLab refused',
    at: 'button',
    stop: 'banner',
    stops: 'both',
    actions: ['pull'],
  },
  token_of_another_user: field('token', 'This token belongs to another user'),
  path_not_allowed: { title: 'The path is out of bounds', at: 'button' },
  content_invalid: { title: "The text can't be saved", at: 'button' },
  too_complex: { title: "The text can't be saved", at: 'button' },
  inspection_interrupted: { title: "The text can't be checked just now", at: 'button' },
  kept_moving: moving,
  file_changed: moving,
  configuration_changed: moving,
  lease_lost: moving,
  commit_unknown: moving,
  forbidden_role: { title: 'Only admins can do this', at: 'button' },
  forbidden_org: { title: "You can't see this organization's GitLab sync.", at: 'page' },
  unauthenticated: { title: 'You have been signed out. Reload the page to sign in again.', at: 'page' },
  not_connected: overtaken,
  not_configured: overtaken,
  version_conflict: overtaken,
  run_over: overtaken,
  run_not_awaiting_confirmation: overtaken,
  not_found: overtaken,
  too_many_streams: { title: 'Too many pages are open', at: 'nowhere' },
  database_unavailable: justNow,
  auth_unavailable: justNow,
  too_many_requests: justNow,
  internal: { ...justNow, stop: 'banner', stops: 'both', actions: ['pull'] },
  network: justNow,
};

const UNKNOWN: FaultWords = { ...justNow, stop: 'banner', stops: 'both', actions: ['pull'] };

export function faultWords(code: string): FaultWords {
  return Object.hasOwn(FAULTS, code) ? FAULTS[code] : UNKNOWN;
}
