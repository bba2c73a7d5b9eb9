import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAct } from '../acts';
import type { BranchChoice, OnConflict, Plan, ProjectChoice } from '../contract';
import { DEFAULT_DIRECTORIES, directoriesIn } from '../directories';
import { faultWords } from '../faults';
import { ActNote } from '../parts/act-note';
import { Button } from '../parts/button';
import { focusFault } from '../parts/field';
import { Heading } from '../parts/heading';
import { Icon } from '../parts/icon';
import { Rich } from '../parts/rich';
import type { Values } from '../say';
import { useSession } from '../session';
import { words } from '../words';
import { Directories } from './configure/directories';
import { ExistingProject } from './configure/existing-project';
import { FirstPreview } from './configure/first-preview';
import { NewProject } from './configure/new-project';
import { WhichProject } from './configure/which-project';

/** Renders the second step: a project, a branch, and a preview of the first sync. */
export function Configure() {
  const session = useSession();
  const act = useAct();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { canCreateProjects, notice, username = '' } = session.status.value?.connection ?? {};
  const [creates, setCreates] = useState(false);
  const [project, setProject] = useState<ProjectChoice | null>(null);
  const [branch, setBranch] = useState<BranchChoice | null>(null);
  const [name, setName] = useState('dot-context');
  const [directories, setDirectories] = useState(DEFAULT_DIRECTORIES.join('\n'));
  const [onConflict, setOnConflict] = useState<OnConflict>('newest');
  const [plan, setPlan] = useState<Plan | null>(null);
  const [missing, setMissing] = useState<'project' | 'branch' | 'name' | 'directories' | null>(null);
  const scope = directoriesIn(directories);
  useEffect(() => setMissing(null), [creates, project, branch, name, directories]);
  useEffect(() => act.forget(), [creates, project, branch, name]);

  const start = async () => {
    const lacks = creates
      ? !name.trim() && 'name'
      : (!project && 'project') || (!branch && !project?.emptyRepo && 'branch');
    const missed = lacks || (!scope.length && 'directories') || null;
    setMissing(missed);
    if (missed) return focusFault(form);
    const done = await act.run(async () => {
      const { client, path } = session.api;
      const body = creates
        ? { create: { name: name.trim() }, directories: scope }
        : { projectId: project!.id, ...(branch && { branch: branch.name }), directories: scope, onConflict };
      await session.api.take(
        client.PUT('/api/v1/orgs/{org}/gitlab/project', { params: { path }, body: body as never }),
      );
      session.firstPlan.value = creates ? null : plan;
      await session.live.refresh();
    });
    if (!done) focusFault(form);
  };

  const fault = act.fault.value;
  const at = fault && faultWords(fault.code).at;
  const values: Values = { name: `${username}/${name}` };
  const submit = creates ? words.configure.createStart : words.configure.start;
  return (
    <form
      ref={form}
      class="card"
      part="card"
      aria-labelledby={id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div class="body stack">
        <Heading level={2} id={id}>
          {session.say(words.configure.title)}
        </Heading>
        {notice && (
          <p class="sub small row notice">
            <Icon name="warn" class="warn" />
            <span>{notice}</span>
          </p>
        )}
        {canCreateProjects && <WhichProject creates={creates} onCreates={setCreates} username={username} />}
        {at === 'project-choice' && <ActNote act={act} />}
        {creates ? (
          <NewProject
            name={name}
            onName={setName}
            username={username}
            missing={missing === 'name'}
            fault={at === 'name' || at === 'form' ? fault : null}
            values={values}
            onUseInstead={(found) => {
              setCreates(false);
              setProject(found);
            }}
          />
        ) : (
          <ExistingProject
            project={project}
            branch={branch}
            onProject={(chosen) => {
              setProject(chosen);
              setBranch(null);
              setPlan(null);
            }}
            onBranch={setBranch}
            missing={missing === 'project' || missing === 'branch' ? missing : null}
            fault={at === 'project' || at === 'branch' ? fault : null}
          />
        )}
        <Directories
          text={directories}
          onText={setDirectories}
          missing={missing === 'directories'}
          fault={at === 'form' && !creates ? fault : null}
        />
      </div>
      {!creates && project && (branch || project.emptyRepo) && scope.length > 0 && (
        <FirstPreview
          project={project}
          branch={branch?.name ?? null}
          directories={scope}
          onConflict={onConflict}
          onOnConflict={setOnConflict}
          onPlan={setPlan}
        />
      )}
      <div class="foot stack tight">
        <div class="row">
          <Button kind="primary" wide submit busy={act.busy.value && session.say(words.configure.starting)}>
            {session.say(submit)}
          </Button>
          {!creates && plan && plan.push.length > 0 && (
            <span class="sub small">
              <Rich of={words.configure.oneCommit} values={{ n: plan.push.length, username }} />
            </span>
          )}
        </div>
        {at === 'button' && <ActNote act={act} />}
      </div>
    </form>
  );
}
