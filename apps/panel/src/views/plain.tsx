import type { Phrase } from '../say';
import { useSession } from '../session';

/** Shows one sentence instead of the page. */
export function Plain({ phrase }: { phrase: Phrase }) {
  const session = useSession();
  return (
    <section class="card" part="card">
      <p class="body">{session.say(phrase)}</p>
    </section>
  );
}
