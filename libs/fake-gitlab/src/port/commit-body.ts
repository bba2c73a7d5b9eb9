import { branchFilterFor } from '@app/gitlab';
import type { CommitAction, CommitRequest, HookRequest, Repo } from '@app/gitlab';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';

/** Builds the commits API's body for a request of the port. */
export function commitBody({ branch }: Repo, { message, author, actions, base, start }: CommitRequest) {
  const startSha = start && 'commit' in start ? start.commit : undefined;
  return {
    branch,
    start_branch: start && 'branch' in start ? start.branch : undefined,
    start_sha: startSha,
    commit_message: message,
    author_name: author?.name,
    author_email: author?.email,
    actions: actions.map((action) => actionBody(action, startSha ? null : base)),
  };
}

/** Builds the hooks API's body for a request of the port. Servers without regular expressions get no filter. */
export function hookBody(
  { url, token, signingToken, branches, mergeRequestEvents, verifyTls }: HookRequest,
  { features }: FakeGitLabInstance,
) {
  const wanted = branchFilterFor(branches);
  const known = wanted.strategy === 'wildcard' || features.has('hook-filter-strategy');
  const { filter, strategy } = known ? wanted : { filter: '', strategy: 'wildcard' };
  return {
    url,
    token: token.reveal(),
    signing_token: signingToken?.reveal(),
    push_events: true,
    push_events_branch_filter: filter,
    branch_filter_strategy: strategy,
    merge_requests_events: mergeRequestEvents,
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
