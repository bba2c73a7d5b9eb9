import { useAct } from '../../acts';
import type { Fault } from '../../api';
import type { ProjectChoice } from '../../contract';
import { faultWords } from '../../faults';
import { Button } from '../../parts/button';
import { Field } from '../../parts/field';
import { Rich } from '../../parts/rich';
import type { Values } from '../../say';
import { useSession } from '../../session';
import { words } from '../../words';

interface NewProjectProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly username: string;
  readonly missing: boolean;
  readonly fault: Fault | null;
  readonly values: Values;
  readonly onUseInstead: (project: ProjectChoice) => void;
}

/** Asks for the name of a project that Dot creates. */
export function NewProject({
  name,
  onName,
  username,
  missing,
  fault,
  values,
  onUseInstead,
}: NewProjectProps) {
  const session = useSession();
  const act = useAct();
  const useInstead = () =>
    act.run(async () => {
      const { client, path } = session.api;
      const asked = client.GET('/api/v1/orgs/{org}/gitlab/projects', {
        params: { path, query: { search: name.trim() } },
      });
      const { items } = await session.api.take(asked);
      const slug = name.trim().toLowerCase();
      const found = items.find(
        (item) =>
          item.name.toLowerCase() === slug || item.pathWithNamespace.toLowerCase() === `${username}/${slug}`,
      );
      if (found) onUseInstead(found);
    });
  return (
    <div class="stack tight">
      <Field
        label={session.say(words.configure.name)}
        help={<Rich of={words.configure.nameHelp} values={{ username, name: name.trim() || '…' }} />}
        fault={
          missing
            ? session.say(words.configure.giveName)
            : fault && (
                <>
                  <b>{session.say(faultWords(fault.code).title, values)}.</b>{' '}
                  {fault.fields[0]?.detail ?? fault.detail}
                </>
              )
        }
      >
        {(ids) => (
          <input
            {...ids}
            class="input"
            autocomplete="off"
            spellcheck={false}
            maxLength={255}
            value={name}
            onInput={(event) => onName(event.currentTarget.value)}
          />
        )}
      </Field>
      {fault?.code === 'project_name_taken' && (
        <div class="row">
          <Button onClick={() => void useInstead()}>{session.say(words.configure.useInstead)}</Button>
        </div>
      )}
    </div>
  );
}
