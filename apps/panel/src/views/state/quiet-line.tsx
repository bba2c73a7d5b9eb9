import { useEffect, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import { retry } from '../../commands';
import { faultWords } from '../../faults';
import { ActNote } from '../../parts/act-note';
import { Button } from '../../parts/button';
import { Rich } from '../../parts/rich';
import { useSession } from '../../session';
import { words } from '../../words';

const LATE_MS = 30_000;

/** Explains in one line why the sync retries. Skips problems that end within half a minute. */
export function QuietLine() {
  const session = useSession();
  const act = useAct();
  const { sync, connection } = session.status.value!;
  const { code, detail } = sync.error ?? { code: '', detail: '' };
  const { title, more, stop, actions } = faultWords(code);
  const late = useLate(code);
  if (!sync.error || (stop === 'late' && !late)) return null;
  const by = sync.lastRun?.error?.by;
  const retryAt = sync.nextAttemptAt;
  const values = {
    url: connection?.instanceUrl ?? '',
    in: session.times.until(retryAt, session.now.value),
    time: retryAt ? session.times.clock(retryAt, session.now.value) : session.say(words.banner.now),
  };
  const says = code === 'rate_limited' && by === 'dot' ? words.banner.spacingOut : title;
  return (
    <div class="stack tight">
      <p class="sub small" title={detail}>
        <b>
          <Rich of={says} values={values} />.
        </b>{' '}
        {session.say(more ?? words.banner.nothingLostRetry, values)}
      </p>
      {actions?.includes('pull') && session.admin.value && (
        <div class="row">
          <Button onClick={() => void act.run(() => retry(session, 'pull'))}>
            {session.say(words.banner.tryNow)}
          </Button>
        </div>
      )}
      <ActNote act={act} />
    </div>
  );
}

function useLate(code: string): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, [code]);
  return late;
}
