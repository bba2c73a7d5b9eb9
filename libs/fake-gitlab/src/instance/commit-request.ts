import { badRequest } from './refusal';

export const ACTIONS = ['create', 'update', 'move', 'delete', 'chmod'] as const;

export interface Action {
  readonly action: (typeof ACTIONS)[number];
  readonly filePath: string;
  readonly previousPath?: string;
  /** Absent keeps what the file had, for a move. */
  readonly content?: Buffer;
  readonly lastCommitId?: string;
  readonly executeFilemode?: boolean;
}

export interface CommitRequest {
  readonly branch: string;
  readonly message: string;
  readonly actions: readonly Action[];
  readonly startBranch?: string;
  readonly startSha?: string;
  readonly force: boolean;
  readonly authorName?: string;
  readonly authorEmail?: string;
}

type Raw = Record<string, unknown>;

/** Validates the body of a commit in GitLab's order and words (docs/gitlab-api.md#commit-answers, step 7). */
export function parseCommitRequest(raw: Raw, allowEmptyKnown: boolean): CommitRequest {
  for (const key of ['commit_message', 'start_branch', 'start_sha', 'author_email', 'author_name'])
    optionalString(raw, key);
  if (!raw.branch) throw badRequest('branch is required');
  if (!raw.commit_message) throw badRequest('commit_message is required');
  checkActionsPresent(raw, allowEmptyKnown);
  if (raw.actions !== undefined && !Array.isArray(raw.actions)) throw badRequest('actions must be an array');
  if (raw.start_branch && raw.start_sha) throw badRequest('start_branch, start_sha are mutually exclusive');
  const actions = (raw.actions ?? []) as unknown[];
  return {
    branch: String(raw.branch),
    message: String(raw.commit_message),
    actions: actions.map((action, index) => parseAction(asRecord(action), index)),
    startBranch: optionalString(raw, 'start_branch'),
    startSha: optionalString(raw, 'start_sha'),
    force: raw.force === true || raw.force === 'true',
    authorName: optionalString(raw, 'author_name'),
    authorEmail: optionalString(raw, 'author_email'),
  };
}

function checkActionsPresent(raw: Raw, allowEmptyKnown: boolean): void {
  const none = raw.actions === undefined || (Array.isArray(raw.actions) && !raw.actions.length);
  if (!allowEmptyKnown) {
    if (none) throw badRequest('actions is required');
    return;
  }
  if (raw.allow_empty !== undefined && typeof raw.allow_empty !== 'boolean')
    throw badRequest('allow_empty must be a boolean');
  if (none && !raw.allow_empty) throw badRequest('Provide at least one action, or set allow_empty to true');
}

function parseAction(raw: Raw, index: number): Action {
  const at = (key: string) => `actions[${index}][${key}]`;
  if (raw.file_path !== undefined && typeof raw.file_path !== 'string')
    throw badRequest(`${at('file_path')} must be a string`);
  if (!raw.action) throw badRequest(`${at('action')} is required`);
  if (!raw.file_path) throw badRequest(`${at('file_path')} is required`);
  const action = ACTIONS.find((known) => known === raw.action);
  if (!action) throw badRequest(`${at('action')} must be one of: ${ACTIONS.join(', ')}`);
  const encoding = raw.encoding ?? 'text';
  if (encoding !== 'text' && encoding !== 'base64')
    throw badRequest(`${at('encoding')} must be text or base64`);
  if (action === 'update' && typeof raw.content !== 'string')
    throw badRequest(`${at('content')} is required for update action`);
  if (action === 'move' && !raw.previous_path)
    throw badRequest(`${at('previous_path')} is required for move action`);
  if (action === 'chmod' && raw.execute_filemode === undefined)
    throw badRequest(`${at('execute_filemode')} is required for chmod action`);
  if (raw.execute_filemode !== undefined && typeof raw.execute_filemode !== 'boolean')
    throw badRequest(`${at('execute_filemode')} must be a boolean`);
  return {
    action,
    filePath: raw.file_path,
    previousPath: optionalText(raw.previous_path),
    content: typeof raw.content === 'string' ? decode(raw.content, encoding) : undefined,
    lastCommitId: optionalText(raw.last_commit_id),
    executeFilemode: raw.execute_filemode as boolean | undefined,
  };
}

function decode(content: string, encoding: 'text' | 'base64'): Buffer {
  return Buffer.from(content, encoding === 'text' ? 'utf8' : 'base64');
}

function optionalString(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  if (value !== undefined && value !== null && typeof value !== 'string')
    throw badRequest(`${key} must be a string`);
  return value || undefined;
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function asRecord(value: unknown): Raw {
  return typeof value === 'object' && value !== null ? (value as Raw) : {};
}
