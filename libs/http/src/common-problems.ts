import type { Problems } from './problem';

/** Problems that every route for admins or members may answer. */
export const ACCESS_PROBLEMS = {
  401: ['unauthenticated'],
  403: ['forbidden_org', 'forbidden_role'],
} as const satisfies Problems;

/** Problems that every route that calls GitLab may answer. */
export const GITLAB_PROBLEMS = {
  422: [
    'token_rejected',
    'token_scope_missing',
    'instance_unreachable',
    'instance_not_gitlab',
    'instance_blocked',
    'secret_unreadable',
    'gitlab_refused',
  ],
  503: ['rate_limited', 'gitlab_unavailable', 'gitlab_answer_invalid', 'vault_key_unknown'],
} as const satisfies Problems;
