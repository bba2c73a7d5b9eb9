import { field, type Faults } from './fault-words';

const overtaken = { title: 'This has changed', at: 'nowhere' } as const;

/** The words for a fault that has no better ones. */
export const justNow = { title: "Dot couldn't do that just now", at: 'button' } as const;

/** Faults of a request: its caller, its body, and the service. */
export const REQUEST_FAULTS: Faults = {
  validation_failed: field('form', "That can't be used"),
  body_too_large: field('form', "That can't be used"),
  unsupported_media_type: justNow,
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
