import { field, type Faults } from './fault-words';

const MERGE_REQUESTS = {
  to: 'merge-requests',
  text: '{project} → Settings → Merge requests',
} as const;

/** Faults of the project, of its branches and of its webhook. */
export const PROJECT_FAULTS: Faults = {
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
    brief: 'the branch is protected',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: {
      to: 'protected-branches',
      text: '{project} → Settings → Repository → Protected branches',
      step: "Grant the token's user, **{user}**, push access in [{place}]. Make sure its role is Developer or higher.",
    },
    actions: ['merge-request', 'changed-it', 'other-branch'],
  },
  branch_gone: {
    title: 'The branch `{branch}` is gone',
    brief: 'the branch is gone',
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
    link: {
      to: 'project-edit',
      text: '{project} → Settings → General → Advanced',
      step: 'It accepts no commits. Unarchive it in [{place}], or choose another project.',
    },
    actions: ['push', 'other-project'],
  },
  merge_request_closed: {
    title: 'The merge request was closed',
    at: 'button',
    stop: 'closed',
  },
  merge_request_retargeted: {
    title: 'The merge request targets another branch',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: { to: 'merge-request', text: 'merge request !{iid}' },
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
    actions: ['push', 'work-branch'],
  },
  work_branch_name_taken: {
    title: 'The name of the work branch is taken',
    at: 'button',
    stop: 'banner',
    stops: 'push',
    link: { to: 'repository', text: '{project} → Branches' },
    actions: ['push', 'work-branch'],
  },
  webhook_not_permitted: field('webhook', 'The token may not add webhooks'),
  webhook_url_refused: field('webhook', "GitLab can't use this URL"),
  webhook_test_failed: field('webhook', "GitLab couldn't deliver a test"),
  hook_not_found: field('webhook', 'The webhook is gone from GitLab'),
};
