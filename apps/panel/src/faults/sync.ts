import type { Faults } from './fault-words';

const moving = {
  title: 'Both sides keep changing',
  at: 'button',
  stop: 'late',
  more: 'Continues by itself.',
} as const;

/** Faults of a run, and of the files in it. */
export const SYNC_FAULTS: Faults = {
  push_refused: { title: 'GitLab refused a file', at: 'button', stop: 'worth', stops: 'push' },
  refused_by_gitlab: { title: 'GitLab refused a file', at: 'button', stop: 'worth', stops: 'push' },
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
    more: 'Continues at {time}.',
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
  gitlab_refused: {
    title: 'GitLab refused',
    at: 'button',
    stop: 'banner',
    stops: 'both',
    actions: ['pull'],
  },
  quota_exceeded: {
    title: "This organization's context is full",
    at: 'button',
    stop: 'banner',
    more: '{used} of {max}. Delete files, or ask for more.',
  },
  path_not_allowed: { title: 'The path is out of bounds', at: 'button' },
  content_invalid: { title: "The text can't be saved", at: 'button' },
  too_complex: { title: "The text can't be saved", at: 'button' },
  inspection_interrupted: { title: "The text can't be checked just now", at: 'button' },
  kept_moving: moving,
  file_changed: moving,
  branch_exists: moving,
  merge_request_exists: moving,
  merge_request_not_found: moving,
  configuration_changed: moving,
  lease_lost: moving,
  commit_unknown: moving,
};
