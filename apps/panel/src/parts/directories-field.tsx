import type { Fault } from '../api';
import { useSession } from '../session';
import { words } from '../words';
import { Field } from './field';

export interface DirectoriesProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly missing: boolean;
  readonly fault: Fault | null;
}

export function DirectoriesField({ text, onText, missing, fault }: DirectoriesProps) {
  const session = useSession();
  return (
    <Field
      label={session.say(words.configure.directoriesLabel)}
      help={session.say(words.configure.directoriesHelp)}
      fault={
        missing
          ? session.say(words.settings.oneDirectory)
          : fault && (fault.fields[0]?.detail ?? fault.detail)
      }
    >
      {(ids) => (
        <textarea
          {...ids}
          class="input mono area"
          dir="ltr"
          rows={Math.min(12, Math.max(5, text.split('\n').length))}
          spellcheck={false}
          value={text}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
