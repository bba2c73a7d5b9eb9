import { useEffect, useRef } from 'preact/hooks';
import type { Run } from '../../contract';
import { useSession } from '../../session';
import { words } from '../../words';

const QUARTERS = [25, 50, 75, 100];

/** Shows the progress of the first sync. */
export function FirstSync({ run }: { run: Run | null }) {
  const session = useSession();
  const { done, total } = run?.progress ?? { done: 0, total: 0 };
  const said = useRef(0);
  const label = session.say(words.pill.firstSync);
  useEffect(() => {
    const percent = total ? (done / total) * 100 : 0;
    const quarter = QUARTERS.filter((one) => one <= percent).at(-1) ?? 0;
    if (quarter <= said.current) return;
    said.current = quarter;
    session.announce(session.say(words.state.announcePercent, { n: quarter }));
  }, [done, total]);
  const text = session.say(words.state.progress, { done, n: total });
  return (
    <div class="stack tight">
      <progress class="bar" aria-label={label} {...(total ? { max: total, value: done } : {})}>
        {text}
      </progress>
      <div class="row small">
        <span class="num sub">{total ? text : '\u00a0'}</span>
        <span class="sub push">{session.say(words.state.leave)}</span>
      </div>
    </div>
  );
}
