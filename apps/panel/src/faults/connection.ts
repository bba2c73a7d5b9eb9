import { field, type Faults } from './fault-words';

const TOKENS = { to: 'access-tokens', text: 'User Settings → Access Tokens' } as const;

const stored = {
  title: "Dot can't use the stored token",
  at: 'button',
  stop: 'banner',
  stops: 'both',
  actions: ['replace-token'],
} as const;

/** Faults of the token and of the instance. */
export const CONNECTION_FAULTS: Faults = {
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
  token_of_another_user: field('token', 'This token belongs to another user'),
  token_not_rotatable: stored,
  secret_unreadable: stored,
  vault_key_unknown: stored,
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
};
