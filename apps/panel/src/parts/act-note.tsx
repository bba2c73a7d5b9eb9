import type { Act } from '../acts';
import { faultWords } from '../faults';
import type { Values } from '../say';
import { useSession } from '../session';
import { words } from '../words';
import { Button } from './button';
import { Icon } from './icon';
import { Rich } from './rich';

/** Shows the result of an action below its button. */
export function ActNote({ act, values }: { readonly act: Act; readonly values?: Values }) {
  const session = useSession();
  const fault = act.fault.value;
  if (fault) {
    const { title } = faultWords(fault.code);
    const detail = fault.detail || (fault.code === 'network' ? session.say(words.page.away) : '');
    const mayRepeat = fault.status === 0 || fault.status >= 500 || fault.status === 429;
    return (
      <div class="note stack tight">
        <p class="fault">
          <Icon name="cross" />
          <span>
            <b>
              <Rich of={title} values={values} />
              {'.'}
            </b>{' '}
            {detail}
          </span>
        </p>
        {mayRepeat && (
          <div class="row">
            <Button onClick={() => act.again()}>{session.say(words.page.tryAgain)}</Button>
          </div>
        )}
      </div>
    );
  }
  return act.note.value ? <p class="note sub small">{act.note.value}</p> : null;
}
