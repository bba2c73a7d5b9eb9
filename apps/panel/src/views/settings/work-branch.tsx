import { useRef, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import { change } from '../../commands';
import type { Project } from '../../contract';
import { ActNote } from '../../parts/act-note';
import { Button } from '../../parts/button';
import { Field, focusFault } from '../../parts/field';
import { Rich } from '../../parts/rich';
import { EditSetting } from '../../parts/edit-setting';
import { useSession } from '../../session';
import { words } from '../../words';

const MOST_SECONDS = 3600;

/** Changes the branch of the merge request, and how long a push waits for more edits. */
export function WorkBranchSetting({ project }: { project: Project }) {
  const session = useSession();
  const { workBranch, quietSeconds: n } = project;
  return (
    <EditSetting
      name="work-branch"
      title={session.say(words.workBranch.title)}
      now={<Rich of={n ? words.workBranch.now : words.workBranch.nowAtOnce} values={{ workBranch, n }} />}
      of={session.say(words.workBranch.ofWorkBranch)}
    >
      <WorkBranchForm project={project} />
    </EditSetting>
  );
}

function WorkBranchForm({ project }: { project: Project }) {
  const session = useSession();
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const [workBranch, setBranch] = useState(project.workBranch);
  const [seconds, setSeconds] = useState(`${project.quietSeconds}`);
  const save = async () => {
    const body = { workBranch: workBranch.trim(), quietSeconds: Number(seconds) };
    if (await act.run(() => change(session, body))) session.editing.value = null;
    else focusFault(form);
  };
  const { fields = [] } = act.fault.value ?? {};
  const wrong = (name: string) => fields.find(({ field }) => field === name)?.detail;
  return (
    <form
      ref={form}
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={session.say(words.workBranch.name)}
        help={session.say(words.workBranch.nameHelp)}
        fault={wrong('workBranch')}
      >
        {(ids) => (
          <input
            {...ids}
            class="input mono"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            maxLength={99}
            value={workBranch}
            onInput={(event) => setBranch(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field
        label={session.say(words.workBranch.seconds)}
        help={session.say(words.workBranch.secondsHelp)}
        fault={wrong('quietSeconds')}
      >
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="number"
            min={0}
            max={MOST_SECONDS}
            value={seconds}
            onInput={(event) => setSeconds(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="row">
        <Button kind="primary" submit busy={act.busy.value && session.say(words.page.saving)}>
          {session.say(words.page.save)}
        </Button>
      </div>
      {!fields.length && <ActNote act={act} />}
    </form>
  );
}
