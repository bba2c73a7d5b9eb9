import { useId } from 'preact/hooks';
import { useAct } from '../../acts';
import { change } from '../../commands';
import type { Project } from '../../contract';
import { ActNote } from '../../parts/act-note';
import { Rich } from '../../parts/rich';
import { Select } from '../../parts/select';
import type { Phrase, Values } from '../../say';
import { useSession } from '../../session';
import { words } from '../../words';

/** Chooses between pushing to the branch and opening a merge request. */
export function PublishSetting({ project }: { project: Project }) {
  return (
    <ChoiceSetting
      title={words.settings.publish}
      help={words.settings.publishHelp}
      values={{ branch: project.branch }}
      name="publish"
      value={project.publish}
      options={{ direct: words.settings.publishDirect, merge_request: words.settings.publishMerge }}
    />
  );
}

/** Chooses if commits in GitLab show their result in Dot. */
export function ReportSetting({ project }: { project: Project }) {
  return (
    <ChoiceSetting
      title={words.settings.report}
      help={words.settings.reportHelp}
      name="reportStatus"
      value={project.reportStatus}
      options={{
        off: words.settings.reportOff,
        on: words.settings.reportOn,
        strict: words.settings.reportStrict,
      }}
    />
  );
}

interface ChoiceSettingProps {
  readonly title: Phrase;
  readonly help: Phrase;
  readonly values?: Values;
  readonly name: string;
  readonly value: string;
  readonly options: Readonly<Record<string, Phrase>>;
}

function ChoiceSetting({ title, help, values, name, value, options }: ChoiceSettingProps) {
  const session = useSession();
  const act = useAct();
  const id = useId();
  return (
    <div class="setting">
      <div>
        <label class="label" for={id}>
          {session.say(title)}
        </label>
        <p class="sub small" id={`${id}-help`}>
          <Rich of={help} values={values} />
        </p>
        <ActNote act={act} />
      </div>
      <Select
        class="short"
        id={id}
        aria-describedby={`${id}-help`}
        value={value}
        options={options}
        onValue={(chosen) => void act.run(() => change(session, { [name]: chosen }))}
      />
    </div>
  );
}
