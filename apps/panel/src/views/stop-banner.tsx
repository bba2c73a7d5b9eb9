import { useAct, type Act } from '../acts';
import { change, retry } from '../commands';
import type { Status } from '../contract';
import { faultWords } from '../faults';
import type { ActionName, LinkName } from '../faults/fault-words';
import { ActNote } from '../parts/act-note';
import { Banner } from '../parts/banner';
import { Button } from '../parts/button';
import { Rich } from '../parts/rich';
import type { Phrase, Values } from '../say';
import { useSession, type Session } from '../session';
import { sizeOf } from '../sizes';
import { words } from '../words';

/** Explains why the sync stopped, what to do in GitLab, and that nothing is lost. */
export function StopBanner() {
  const session = useSession();
  const act = useAct();
  const status = session.status.value!;
  const { error, pendingPush, nextAttemptAt } = status.sync;
  if (!error) return null;
  const { title, more, link, actions = [] } = faultWords(error.code);
  const values = valuesOf(session, status);
  const admin = session.admin.value;
  const names = offered(status, actions);
  const step = admin ? link?.step : undefined;
  const kept = pendingPush > 0 ? words.banner.waits : words.banner.nothingLost;
  return (
    <Banner
      tone="wait"
      title={<Rich of={title} values={values} />}
      actions={admin && names.length > 0 && <Actions names={names} act={act} />}
    >
      {error.detail && !step && <p>{error.detail}</p>}
      {more && <p>{session.say(more, values)}</p>}
      {link && admin && (
        <p>
          <Rich
            of={step ?? words.banner.where}
            values={{ ...values, place: session.say(link.text, values) }}
            href={hrefOf(link.to, status)}
          />
        </p>
      )}
      {admin && names.includes('merge-request') && (
        <p>
          <Rich of={words.banner.orPropose} values={values} />
        </p>
      )}
      <p>
        {session.say(kept, { n: pendingPush })} {nextAttemptAt && session.say(words.banner.retryIn, values)}{' '}
        {!admin && session.say(words.page.askAdmin)}
      </p>
      <ActNote act={act} />
    </Banner>
  );
}

function Actions({ names, act }: { readonly names: readonly ActionName[]; readonly act: Act }) {
  const session = useSession();
  return (
    <>
      {names.map((name, at) => {
        const { says, does } = ACTIONS[name];
        return (
          <Button key={name} kind={at ? 'plain' : undefined} onClick={() => does(session, act)}>
            {session.say(says)}
          </Button>
        );
      })}
    </>
  );
}

const again = (kind: 'push' | 'pull') => (session: Session, act: Act) =>
  void act.run(() => retry(session, kind));

const ACTIONS: Record<ActionName, { says: Phrase; does: (session: Session, act: Act) => void }> = {
  'replace-token': {
    says: words.banner.replaceToken,
    does: (session) => (session.dialog.value = { name: 'token' }),
  },
  push: { says: words.page.tryAgain, does: again('push') },
  pull: { says: words.banner.lookAgain, does: again('pull') },
  'changed-it': { says: words.banner.changedIt, does: again('push') },
  'other-branch': {
    says: words.banner.otherBranch,
    does: (session) => (session.editing.value = 'branch'),
  },
  'work-branch': {
    says: words.banner.workBranch,
    does: (session) => (session.editing.value = 'work-branch'),
  },
  'other-project': {
    says: words.banner.otherProject,
    does: (session) => (session.dialog.value = { name: 'other-project' }),
  },
  'merge-request': {
    says: words.banner.mergeRequest,
    does: (session, act) =>
      void act.run(async () => {
        await change(session, { publish: 'merge_request' });
        await retry(session, 'push');
      }),
  },
  review: {
    says: words.banner.review,
    does: (session) => (session.dialog.value = { name: 'deletions' }),
  },
};

/** Leaves out the merge request where changes are proposed already. */
const offered = ({ project }: Status, names: readonly ActionName[]): ActionName[] =>
  names.filter((name) => name !== 'merge-request' || project?.publish === 'direct');

function valuesOf(session: Session, { project, connection, quota, sync }: Status): Values {
  return {
    branch: project?.branch ?? '',
    workBranch: project?.workBranch ?? '',
    iid: `${project?.mergeRequest?.iid}`,
    project: project?.pathWithNamespace ?? '',
    url: connection?.instanceUrl ?? '',
    user: connection?.username ?? '',
    used: sizeOf(session.speech.locale, quota.bytes),
    max: sizeOf(session.speech.locale, quota.maxBytes),
    in: session.times.until(sync.nextAttemptAt, session.now.value),
  };
}

function hrefOf(link: LinkName, { project, connection }: Status): string | undefined {
  const tokens = connection && `${connection.instanceUrl}/-/user_settings/personal_access_tokens`;
  const web = project?.webUrl;
  const below: Record<LinkName, string | null | undefined> = {
    'access-tokens': tokens,
    'protected-branches': web && `${web}/-/settings/repository`,
    'project-edit': web && `${web}/edit`,
    'merge-requests': web && `${web}/-/settings/merge_requests`,
    repository: web && `${web}/-/branches`,
    'merge-request': project?.mergeRequest?.webUrl,
  };
  return below[link] ?? undefined;
}
