import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../session';
import { words } from '../words';

const AFTER_MS = 300;

/** Shows the outlines of the cards while they load; shows nothing if the response comes soon. */
export function Skeleton() {
  const session = useSession();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
      session.announce(session.say(words.page.loading));
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [session]);
  if (!late) return null;
  return (
    <div class="stack skeletons" aria-hidden="true">
      <div class="card skeleton rail-high" />
      <div class="card skeleton list-high" />
    </div>
  );
}
