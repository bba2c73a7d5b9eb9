import { useAct } from '../acts';
import { decide } from '../commands';
import { ActNote } from '../parts/act-note';
import { Banner } from '../parts/banner';
import { Button } from '../parts/button';
import { Rich } from '../parts/rich';
import { useSession } from '../session';
import { words } from '../words';

/** Asks an admin to decide on changes whose merge request a person closed. */
export function Closed() {
  const session = useSession();
  const act = useAct();
  const { project, files } = session.status.value!;
  const { mergeRequest: merge, branch, publish } = project!;
  const admin = session.admin.value;
  const direct = publish === 'direct';
  const says = !merge
    ? words.proposal.deletedBranch
    : merge.state === 'branch_deleted'
      ? words.proposal.deletedBranchOf
      : words.proposal.notMerged;
  const values = { branch, iid: `${merge?.iid}`, title: merge?.title ?? '', n: files.proposed };
  const again = session.say(words.proposal.again);
  return (
    <Banner
      tone="wait"
      title={session.say(words.proposal.closedTitle)}
      actions={
        admin && (
          <>
            {!direct && (
              <Button
                busy={act.busy.value && again}
                onClick={() => void act.run(() => decide(session, 'propose'))}
              >
                {again}
              </Button>
            )}
            <Button kind="plain" onClick={() => (session.dialog.value = { name: 'discard' })}>
              {session.say(words.proposal.discard)}
            </Button>
          </>
        )
      }
    >
      <p>
        <Rich of={says} values={values} href={merge?.webUrl} />{' '}
        {files.proposed > 0 && <Rich of={words.proposal.stays} values={values} />}
      </p>
      <p>
        {admin ? (
          <Rich of={direct ? words.proposal.decideDirect : words.proposal.decide} values={values} />
        ) : (
          session.say(words.page.askAdmin)
        )}
      </p>
      <ActNote act={act} />
    </Banner>
  );
}
