import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../acts';
import type { Plan } from '../contract';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { PlanFiles, Tally } from '../parts/plan';
import { Sha } from '../parts/rich';
import { useSession } from '../session';
import { words } from '../words';

/** Previews a sync without changing anything. */
export function PreviewDialog() {
  const session = useSession();
  const act = useAct();
  const [plan, setPlan] = useState<Plan | null>(null);
  const { project, files } = session.status.value ?? {};
  const { branch, mergeRequest: merge } = project ?? {};
  useEffect(() => {
    void act.run(async () => {
      const { client, path } = session.api;
      const asked = client.POST('/api/v1/orgs/{org}/gitlab/plan', { params: { path } });
      setPlan(await session.api.take(asked));
    });
  }, [act]);
  const close = () => (session.dialog.value = null);
  const moves = plan && plan.push.length + plan.pull.length + plan.conflicts.length + plan.quarantined.length;
  return (
    <Dialog
      title={session.say(words.preview.title)}
      onClose={close}
      lead={
        plan?.head ? (
          <>
            <code dir="ltr">{branch}</code> {session.say(words.rail.at)} <Sha id={plan.head} />
          </>
        ) : undefined
      }
      foot={
        <Button kind="primary" wide autofocus onClick={close}>
          {session.say(words.page.close)}
        </Button>
      }
    >
      {act.busy.value && <p class="sub">{session.say(words.preview.busy)}</p>}
      {plan && !moves && (
        <p class="sub">
          {merge?.state === 'opened' && files?.proposed
            ? session.say(words.proposal.equal, { iid: `${merge.iid}` })
            : session.say(words.preview.equal)}
        </p>
      )}
      {plan?.warnings.map((warning) => (
        <p key={warning} class="warn">
          {warning}
        </p>
      ))}
      {plan && moves ? (
        <>
          <Tally plan={plan} />
          <PlanFiles plan={plan} open />
        </>
      ) : null}
      <ActNote act={act} />
    </Dialog>
  );
}
