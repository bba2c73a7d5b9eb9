import { useEffect, useId } from 'preact/hooks';
import { useAct } from '../acts';
import { answerRun, cancel } from '../commands';
import type { Run } from '../contract';
import { useDeletions, type DeletionsInQuestion } from '../deletions';
import { byDirectory } from '../directories';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Heading } from '../parts/heading';
import { Paths } from '../parts/paths';
import { Rich } from '../parts/rich';
import { useSession } from '../session';
import { words } from '../words';

const MOST_DIRECTORIES = 3;

/** Lists the files that a pull would delete, and offers three answers: not now, delete, put them back. */
export function DeletionsDialog() {
  const session = useSession();
  const act = useAct();
  const question = useDeletions();
  const { count, total, asked, runId, run } = question;
  const { health, sync, project } = session.status.value!;
  const over = health !== 'attention' || (!asked && sync.error?.code !== 'mass_delete_unconfirmed');
  const close = () => (session.dialog.value = null);
  const answer = async (work: () => Promise<void>) => {
    if (await act.run(work)) close();
  };
  // Another person answered, or the files were restored.
  useEffect(() => {
    if (over && !act.busy.value) close();
  }, [over]);
  const n = count;
  return (
    <Dialog
      title={session.say(n ? words.deletions.title : words.deletions.titleUnknown, { n, total })}
      lead={<Lead run={run} />}
      onClose={close}
      foot={
        <>
          <Button
            kind="primary"
            wide
            autofocus
            onClick={() => void (asked ? answer(() => cancel(session, runId!)) : close())}
          >
            {session.say(words.deletions.notNow)}
          </Button>
          <Button kind="danger" wide onClick={() => void answer(() => answerRun(session, runId!, 'confirm'))}>
            {session.say(words.deletions.remove, { n })}
          </Button>
          <Button wide onClick={() => void answer(() => answerRun(session, runId!, 'keep'))}>
            {session.say(words.deletions.keep)}
          </Button>
        </>
      }
    >
      <List question={question} />
      <p class="sub small">
        {session.say(
          project?.publish === 'merge_request' ? words.deletions.noteProposed : words.deletions.note,
        )}
      </p>
      <ActNote act={act} />
    </Dialog>
  );
}

function Lead({ run }: { run: Run | null }) {
  const session = useSession();
  const { project } = session.status.value!;
  const { head, title, author } = run ?? {};
  const values = {
    branch: project?.branch ?? '',
    commit: head?.slice(0, 7) ?? '',
    name: author?.name ?? '',
    title: title ?? '',
  };
  const href = head && project ? `${project.webUrl}/-/commit/${head}` : undefined;
  const phrase = !head
    ? words.deletions.gone
    : values.name && title
      ? words.deletions.goneBy
      : words.deletions.goneSince;
  return <Rich of={phrase} values={values} href={href} />;
}

function List({ question }: { question: DeletionsInQuestion }) {
  const session = useSession();
  const id = useId();
  const { paths, hasMore } = question;
  if (!paths?.length) return null;
  const directories = byDirectory(paths).slice(0, MOST_DIRECTORIES);
  return (
    <div class="stack tight">
      <div class="row">
        <Heading level={3} id={id}>
          {session.say(words.deletions.what)}
        </Heading>
        {!hasMore && (
          <span class="push sub small num" dir="ltr">
            {directories
              .map(({ directory, n }) => session.say(words.deletions.inDirectory, { n, directory }))
              .join(' · ')}
          </span>
        )}
      </div>
      <Paths items={paths} label={session.say(words.deletions.what)} rest={question} />
    </div>
  );
}
