import type { ComponentChildren } from 'preact';
import { useSession, type Editing } from '../session';
import { words } from '../words';
import { Setting } from './setting';

interface EditSettingProps {
  readonly name: Editing;
  readonly title: string;
  readonly now: ComponentChildren;
  /** Completes the name of the button for screen readers. */
  readonly of: string;
  readonly children: ComponentChildren;
}

/** Shows a setting with a button that opens its form; one form is open at a time. */
export function EditSetting({ name, title, now, of, children }: EditSettingProps) {
  const session = useSession();
  const open = session.editing.value === name;
  return (
    <Setting
      title={title}
      now={now}
      button={
        open ? (
          session.say(words.page.cancel)
        ) : (
          <>
            {session.say(words.settings.change)}
            <span class="vh">{of}</span>
          </>
        )
      }
      open={open}
      onToggle={() => (session.editing.value = open ? null : name)}
    >
      {children}
    </Setting>
  );
}
