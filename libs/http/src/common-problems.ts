import type { Problems } from './problem';

/** Problems that every route for admins or members may answer. */
export const ACCESS_PROBLEMS = {
  401: ['unauthenticated'],
  403: ['forbidden_org', 'forbidden_role'],
} as const satisfies Problems;

/** Problems that every route that gives GitLab a new token may answer. */
export const NEW_TOKEN_PROBLEMS = {
  422: [
    'token_rejected',
    'token_scope_missing',
    'instance_unreachable',
    'instance_not_gitlab',
    'instance_blocked',
    'gitlab_refused',
  ],
  503: ['rate_limited', 'gitlab_unavailable', 'gitlab_answer_invalid'],
} as const satisfies Problems;

/** Problems that every route that calls GitLab with the stored token may answer. */
export const GITLAB_PROBLEMS = {
  422: [...NEW_TOKEN_PROBLEMS[422], 'secret_unreadable'],
  503: [...NEW_TOKEN_PROBLEMS[503], 'vault_key_unknown'],
} as const satisfies Problems;
