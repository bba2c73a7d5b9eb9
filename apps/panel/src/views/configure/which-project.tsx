import { Rich } from '../../parts/rich';
import { useSession } from '../../session';
import { words } from '../../words';

interface WhichProjectProps {
  readonly creates: boolean;
  readonly onCreates: (creates: boolean) => void;
  readonly username: string;
}

/** Asks for an existing or a new project. Skips the question if the token cannot create projects. */
export function WhichProject({ creates, onCreates, username }: WhichProjectProps) {
  const session = useSession();
  return (
    <fieldset class="two">
      <legend class="vh">{session.say(words.configure.which)}</legend>
      <label class="choice">
        <input type="radio" name="which" checked={!creates} onChange={() => onCreates(false)} />
        <span>
          <b>{session.say(words.configure.existing)}</b>{' '}
          <span class="tag">{session.say(words.configure.recommended)}</span>
          <br />
          <span class="sub small">{session.say(words.configure.existingNote)}</span>
        </span>
      </label>
      <label class="choice">
        <input type="radio" name="which" checked={creates} onChange={() => onCreates(true)} />
        <span>
          <b>{session.say(words.configure.create)}</b>
          <br />
          <span class="sub small">
            <Rich of={words.configure.createNote} values={{ username }} />
          </span>
        </span>
      </label>
    </fieldset>
  );
}
