import type { Plan } from '../contract';
import { useSession } from '../session';
import { words } from '../words';
import { Disclosure } from './disclosure';
import { Paths } from './paths';

/** Shows the number of changes in a plan. */
export function Tally({ plan }: { plan: Plan }) {
  const session = useSession();
  const cells = [
    [plan.push.length, words.preview.push],
    [plan.pull.length, words.preview.pull],
    [plan.conflicts.length, words.preview.differ],
    [plan.quarantined.length, words.preview.leaveOut],
  ] as const;
  return (
    <div class="tally">
      {cells.map(([n, label], at) => (
        <div key={at}>
          <b class="num">{session.speech.number(n)}</b>
          <span class="sub small">{session.say(label)}</span>
        </div>
      ))}
    </div>
  );
}

/** Lists the changes of a plan file by file. */
export function PlanFiles({ plan, open }: { plan: Plan; open?: boolean }) {
  const session = useSession();
  const op = (name: string) => session.say(words.ops[name as 'create'] ?? words.ops.update);
  const to = (direction: 'toGitLab' | 'toDot', name: string) =>
    `${session.say(words.ops[direction])} · ${op(name)}`;
  const items = [
    ...plan.push.map(({ path, op }) => ({ path, tag: to('toGitLab', op) })),
    ...plan.pull.map(({ path, op }) => ({ path, tag: to('toDot', op) })),
    ...plan.conflicts.map(({ path, winner }) => ({
      path,
      tag: session.say(winner === 'dot' ? words.ops.dotWins : words.ops.gitlabWins),
    })),
    ...plan.quarantined.map(({ path }) => ({ path, tag: session.say(words.ops.leftOut) })),
  ];
  if (!items.length) return null;
  const label = session.say(words.preview.all, { n: items.length });
  const list = <Paths items={items} label={label} />;
  return open ? list : <Disclosure summary={label}>{list}</Disclosure>;
}
