import type { Phrase } from '../say';
import { useSession } from '../session';
import type { Loaded } from '../load';
import { words } from '../words';
import { Button } from './button';

type Rest = Pick<Loaded<unknown>, 'more' | 'busy'>;

/** Renders the foot of a list with the button that loads its next page. */
export function ShowMore({ more, busy, label = words.page.showMore }: Rest & { readonly label?: Phrase }) {
  const session = useSession();
  return (
    <div class="foot">
      <Button onClick={more} busy={busy && session.say(words.page.loading)}>
        {session.say(label)}
      </Button>
    </div>
  );
}
