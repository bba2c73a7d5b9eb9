import { useId, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import { change } from '../../commands';
import type { Project } from '../../contract';
import { ActNote } from '../../parts/act-note';
import { Button } from '../../parts/button';
import { Field } from '../../parts/field';
import { EditSetting } from '../../parts/edit-setting';
import { useSession } from '../../session';
import { words } from '../../words';

/** Changes the format of commits, for projects with push rules. */
export function CommitsSetting({ project }: { project: Project }) {
  const session = useSession();
  const { messagePrefix: prefix, fallbackAuthor } = project;
  const now = [
    prefix && session.say(words.settings.commitsPrefix, { prefix: prefix.trim() }),
    fallbackAuthor && session.say(words.settings.commitsFallback),
  ].filter(Boolean);
  return (
    <EditSetting
      name="commits"
      title={session.say(words.settings.commits)}
      now={now.length ? now.join(' ') : session.say(words.settings.commitsNone)}
      of={session.say(words.settings.ofCommits)}
    >
      <CommitsForm project={project} />
    </EditSetting>
  );
}

function CommitsForm({ project }: { project: Project }) {
  const session = useSession();
  const act = useAct();
  const id = useId();
  const [prefix, setPrefix] = useState(project.messagePrefix);
  const [fallback, setFallback] = useState(project.fallbackAuthor);
  const save = async () => {
    const done = await act.run(() => change(session, { messagePrefix: prefix, fallbackAuthor: fallback }));
    if (done) session.editing.value = null;
  };
  const wrong = act.fault.value?.fields[0];
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={session.say(words.settings.prefix)}
        help={session.say(words.settings.prefixHelp)}
        fault={wrong?.detail}
      >
        {(ids) => (
          <input
            {...ids}
            class="input mono"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            maxLength={100}
            value={prefix}
            onInput={(event) => setPrefix(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="check">
        <input
          type="checkbox"
          id={id}
          checked={fallback}
          aria-describedby={`${id}-help`}
          onChange={(event) => setFallback(event.currentTarget.checked)}
        />
        <div>
          <label class="label" for={id}>
            {session.say(words.settings.fallback)}
          </label>
          <p class="sub small" id={`${id}-help`}>
            {session.say(words.settings.fallbackHelp)}
          </p>
        </div>
      </div>
      <div class="row">
        <Button kind="primary" submit busy={act.busy.value && session.say(words.page.saving)}>
          {session.say(words.page.save)}
        </Button>
      </div>
      {!wrong && <ActNote act={act} />}
    </form>
  );
}
