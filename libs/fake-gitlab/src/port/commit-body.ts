import type { CommitAction, CommitRequest, HookRequest, Repo } from '@app/gitlab';

/** The body the commits API takes for a request of the port. */
export function commitBody({ branch }: Repo, { message, author, actions, base }: CommitRequest) {
  return {
    branch,
    commit_message: message,
    author_name: author?.name,
    author_email: author?.email,
    actions: actions.map((action) => actionBody(action, base)),
  };
}

/** The body the hooks API takes for a request of the port. */
export function hookBody({ url, token, signingToken, branch, verifyTls }: HookRequest) {
  return {
    url,
    token: token.reveal(),
    signing_token: signingToken?.reveal(),
    push_events: true,
    push_events_branch_filter: branch,
    branch_filter_strategy: 'wildcard',
    enable_ssl_verification: verifyTls,
  };
}

function actionBody(action: CommitAction, base: string | null) {
  const content = 'content' in action && action.content ? action.content.toString('base64') : undefined;
  return {
    action: action.op,
    file_path: action.path,
    previous_path: action.op === 'move' ? action.from : undefined,
    content,
    encoding: content === undefined ? undefined : 'base64',
    last_commit_id: action.op === 'create' || !base ? undefined : (action.seenAt ?? base),
  };
}
