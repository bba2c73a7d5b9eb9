import type { Run } from '../../contract';
import { Button } from '../../parts/button';
import { Paths } from '../../parts/paths';
import { Sha } from '../../parts/rich';
import { Time } from '../../parts/time';
import { useRunChanges } from '../../run-changes';
import { filesOf } from '../../run-words';
import { useSession } from '../../session';
import { words } from '../../words';

const COUNTED = ['created', 'updated', 'deleted', 'conflicts', 'quarantined'] as const;

/** Shows the details of a run: counts, commits, files, and duration. Offers to undo a pull. */
export function RunDetails({ run }: { run: Run }) {
  const session = useSession();
  const files = filesOf(run);
  const counts = COUNTED.filter((name) => run.counts[name] > 0).map((name) =>
    session.say(words.activity[name], { n: run.counts[name] }),
  );
  const took =
    run.startedAt && run.finishedAt
      ? session.say(words.activity.took, {
          time: session.times.span(Date.parse(run.finishedAt) - Date.parse(run.startedAt)),
        })
      : null;
  const undoable = session.admin.value && run.status === 'succeeded' && run.kind !== 'push' && files > 0;
  return (
    <div class="stack tight small">
      <p class="sub">
        {[...counts, took].filter(Boolean).join(' · ')}
        {run.finishedAt && (
          <>
            {(counts.length > 0 || took) && ' · '}
            <Time at={run.finishedAt} style="hour" />
          </>
        )}
      </p>
      {run.error && <p>{run.error.detail}</p>}
      {run.commits.length > 0 && (
        <p class="sub">
          {session.say(words.activity.commits)}{' '}
          {run.commits.slice(0, 20).map((id, at) => (
            <>
              {at > 0 && ', '}
              <Sha id={id} />
            </>
          ))}
          {run.commits.length > 20 && '…'}
        </p>
      )}
      {(files > 0 || run.counts.putBack > 0 || run.commits.length > 0) && <RunFiles run={run} />}
      {undoable && (
        <div class="row">
          <Button onClick={() => (session.dialog.value = { name: 'undo', runId: run.id, files })}>
            {session.say(words.activity.undo)}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Lists the files that a run changed. Shows nothing if the server does not keep them. */
function RunFiles({ run }: { run: Run }) {
  const session = useSession();
  const { items, ...rest } = useRunChanges(run.id);
  if (!items?.length) return null;
  return (
    <Paths
      label={session.say(words.activity.files)}
      items={items.map(({ path, op, from }) => ({
        path,
        from,
        tag: session.say(words.ops[op as 'create'] ?? words.ops.update),
      }))}
      rest={rest}
    />
  );
}
