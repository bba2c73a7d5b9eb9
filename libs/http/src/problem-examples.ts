import type { ErrorCode } from '@app/kernel';

/** One example of each error code's sentence, for the OpenAPI document; `detail` varies with the case. */
export const PROBLEM_EXAMPLES = {
  unauthenticated: 'No token came with the request. Send "Authorization: Bearer <token>" with a valid token.',
  forbidden_org: 'The token belongs to another organisation. Use a token of the organisation in the path.',
  forbidden_role: "The token's role does not allow this (admin may). Ask an admin of your organisation.",
  auth_unavailable: "The identity provider's keys cannot be read at the moment. Try again shortly.",
  validation_failed: 'Correct limit and send the request again.',
  not_found: 'There is no sync run 7d1c8e5e-6a0c-4a49-9a2e-2f6c8f0a7a11. List the runs to see what there is.',
  body_too_large: 'The request body is too large. Send less at a time.',
  unsupported_media_type: 'JSON must be UTF-8. Encode the body as UTF-8 and send it again.',
  too_many_requests: 'Too many requests. Send the next one in 12 s.',
  too_many_streams:
    'You have 10 event streams open, which is the maximum. Close one of them, or poll with an ordinary GET instead.',
  internal:
    'Something went wrong on our side. Try again; if it persists, report error 3f0b8f4a-526a-4c4a-899a-2e2f6c8f0a7a.',
  database_unavailable:
    'The database cannot be reached at the moment. Nothing that was accepted is lost; try again in a few seconds. A change that was just sent may have been made: check before you send it again.',
  not_connected:
    'GitLab is not connected. Connect with a GitLab token first (Settings > Version Control > GitLab).',
  not_configured:
    'No project is configured. Select or create a GitLab project first (Settings > Version Control > GitLab).',
  configuration_changed:
    'The project was changed by someone else in the meantime. Read it again and repeat your change.',
  token_rejected:
    "GitLab rejected the token. Make sure the token has the api scope and isn't expired, then connect again.",
  token_scope_missing: 'The token lacks the api scope. Create a token with the api scope and connect again.',
  token_of_another_user:
    'The token belongs to eve, and ada is connected. Send a token of ada for the same instance, or connect again to change the user.',
  token_cannot_create_projects:
    "This token can't create projects. You're using a project- or group-scoped token: use Select existing project, or generate a Personal Access Token at User Settings → Access Tokens.",
  secret_unreadable:
    'A stored secret cannot be decrypted: it is damaged, or SECRETS_KEYS holds another key by the same name. Ask the operator to restore the key; if it is lost, connect GitLab again.',
  vault_key_unknown:
    'A stored secret needs the encryption key “2026-01”, which this service does not have. Ask the operator to put that key back into SECRETS_KEYS.',
  instance_unreachable:
    "Can't reach https://gitlab.your-company.com: the host name is unknown (DNS). Check the instance URL points at the host (e.g. https://gitlab.com), not a project page; verify the host is reachable from Dot's server.",
  instance_not_gitlab:
    "https://www.your-company.com responded 404 for /api/v4/user. The URL isn't a GitLab instance. Check the instance URL.",
  instance_blocked:
    'https://10.0.0.5 is a private or otherwise blocked address. Use a public instance, or ask the operator of this service to add the host to GITLAB_ALLOW_PRIVATE.',
  gitlab_unavailable:
    'GitLab is not available (it answered 502). The sync is retried automatically; nothing is lost.',
  gitlab_answer_invalid:
    'GitLab is not available (its answer was incomplete). The sync is retried automatically; nothing is lost.',
  gitlab_refused:
    "GitLab answered 403: 403 Forbidden. Check the token's role in the project and the project's settings, then try again.",
  rate_limited:
    'GitLab limits the number of requests. The sync continues automatically as soon as GitLab allows it.',
  project_not_found:
    "Project 4 is not visible to the token. Pick a project from the list, or give the token's user access to it.",
  project_name_taken:
    'A project named “dot-context” already exists in your namespace. Choose another name, or select the existing project.',
  project_archived:
    'The project is archived on GitLab and accepts no commits. Unarchive it in Settings → General → Advanced, or pick another project.',
  project_gone:
    'The project is gone, or the token may no longer see it. Restore the access, or pick another project; nothing was deleted in Dot.',
  branch_not_found:
    'Branch main does not exist in the project. Pick a branch from the list, or create it on GitLab.',
  branch_gone:
    'Branch main is gone from the project. Create it again on GitLab, or choose another branch; nothing was deleted in Dot.',
  webhook_not_permitted: 'Registering a webhook needs the Maintainer role in the project.',
  webhook_url_refused:
    'GitLab refused the webhook URL: Invalid url given. Make sure PUBLIC_URL is an address GitLab can reach; on self-hosted GitLab an administrator can allow local addresses in Admin → Settings → Network → Outbound requests.',
  run_not_awaiting_confirmation:
    'The run is not waiting for a confirmation. Look at its status; start a new pull if you want one.',
  run_over: 'The run has ended already and cannot be cancelled.',
  path_not_allowed: '"notes/churn.exe" can\'t be a context file: only .md, .yaml and .yml are synced.',
  content_invalid:
    'relationships.yaml: the YAML does not parse at line 3, column 5. Correct the text and save again.',
  inspection_interrupted:
    'notes/pricing.md: the service ended while it inspected this text. Save it again in 30 seconds, or change it.',
  too_complex: 'notes/churn.md: inspecting the text exceeds the limit on time. Simplify or split it.',
  quota_exceeded:
    'With this the organisation would have 100,001 files, and it may have 100,000. Delete files that are no longer needed, or ask the operator for a larger quota, and repeat your edit.',
  version_conflict: 'notes/churn.md was changed in the meantime. Read again and repeat your edit.',
  too_many_operations: 'The change has more than 1000 operations. Split it into several changes.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** A code that a call may be answered with. Other codes stand on runs and on files. */
export type ProblemCode = keyof typeof PROBLEM_EXAMPLES;
