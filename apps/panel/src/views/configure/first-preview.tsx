import { useEffect, useState } from 'preact/hooks';
import { Fault } from '../../api';
import type { OnConflict, Plan, ProjectChoice } from '../../contract';
import { faultWords } from '../../faults';
import { Field } from '../../parts/field';
import { Heading } from '../../parts/heading';
import { PlanFiles, Tally } from '../../parts/plan';
import { Rich, Sha } from '../../parts/rich';
import { Select } from '../../parts/select';
import { useSession } from '../../session';
import { words } from '../../words';

interface FirstPreviewProps {
  readonly project: ProjectChoice;
  readonly branch: string | null;
  readonly directories: readonly string[];
  readonly onConflict: OnConflict;
  readonly onOnConflict: (onConflict: OnConflict) => void;
  readonly onPlan: (plan: Plan | null) => void;
}

const TYPING_MS = 400;

/** Previews the first sync before anything changes. */
export function FirstPreview(props: FirstPreviewProps) {
  const session = useSession();
  const { plan, fault, busy } = usePlan(props);
  const { onConflict, onOnConflict } = props;
  const branch = props.branch ?? props.project.defaultBranch ?? 'main';
  if (!plan && !fault && !busy) return null;
  return (
    <div class="foot stack" aria-busy={busy ? 'true' : undefined}>
      <div class="row">
        <Heading level={3}>{session.say(words.preview.would)}</Heading>
        {plan && (
          <span class="quiet small push">
            {plan.head ? (
              <>
                <code dir="ltr">{branch}</code> {session.say(words.rail.at)} <Sha id={plan.head} />
              </>
            ) : (
              <Rich of={words.preview.empty} values={{ branch }} />
            )}
          </span>
        )}
      </div>
      {busy && !plan && <p class="sub small">{session.say(words.preview.busy)}</p>}
      {fault && (
        <p class="sub small">
          <b>{session.say(faultWords(fault.code).title, { branch })}.</b> {fault.detail}
        </p>
      )}
      {plan && <Outcome plan={plan} branch={branch} />}
      {plan && plan.conflicts.length > 0 && (
        <Field
          label={session.say(words.preview.forDiffering, { n: plan.conflicts.length })}
          help={session.say(words.preview.nothingDeleted)}
        >
          {(ids) => (
            <Select
              {...ids}
              value={onConflict}
              options={{
                newest: words.preview.newest,
                dot: words.preview.dot,
                gitlab: words.preview.gitlab,
              }}
              onValue={(chosen) => onOnConflict(chosen as OnConflict)}
            />
          )}
        </Field>
      )}
      {plan && <PlanFiles plan={plan} />}
    </div>
  );
}

function Outcome({ plan, branch }: { plan: Plan; branch: string }) {
  const session = useSession();
  const moves = plan.push.length + plan.pull.length + plan.conflicts.length + plan.quarantined.length;
  if (moves) return <Tally plan={plan} />;
  const { files } = session.status.value ?? {};
  const equal = plan.head !== null && (files?.total ?? 0) > 0;
  return (
    <p class="sub">
      {equal ? session.say(words.preview.equal) : <Rich of={words.preview.nothingYet} values={{ branch }} />}
    </p>
  );
}

function usePlan({ project, branch, directories, onConflict, onPlan }: FirstPreviewProps) {
  const session = useSession();
  const [state, setState] = useState<{ plan: Plan | null; fault: Fault | null; busy: boolean }>({
    plan: null,
    fault: null,
    busy: true,
  });
  const key = JSON.stringify([project.id, branch, directories, onConflict]);
  useEffect(() => {
    let over = false;
    const keep = (plan: Plan | null, fault: Fault | null) => {
      if (over) return;
      setState({ plan, fault, busy: false });
      onPlan(plan);
    };
    setState((before) => ({ ...before, fault: null, busy: true }));
    const timer = setTimeout(() => {
      const { client, path } = session.api;
      const body = {
        projectId: project.id,
        ...(branch && { branch }),
        directories: [...directories],
        onConflict,
      };
      session.api
        .take(client.POST('/api/v1/orgs/{org}/gitlab/plan', { params: { path }, body }))
        .then((plan) => keep(plan, null))
        .catch((error: unknown) => {
          session.heed(error);
          keep(null, error instanceof Fault ? error : null);
        });
    }, TYPING_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key]);
  return state;
}
