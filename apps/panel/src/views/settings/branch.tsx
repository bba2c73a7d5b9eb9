import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct } from '../../acts';
import { change } from '../../commands';
import type { BranchChoice, FileState, Project } from '../../contract';
import { directoriesIn, isInside } from '../../directories';
import { faultWords } from '../../faults';
import { ActNote } from '../../parts/act-note';
import { Button } from '../../parts/button';
import { Combo } from '../../parts/combo';
import { DirectoriesField } from '../../parts/directories-field';
import { focusFault } from '../../parts/field';
import { EditSetting } from '../../parts/edit-setting';
import { branchHelp, useBranches } from '../../branches';
import { clip } from '../../say';
import { useSession, type Session } from '../../session';
import { words } from '../../words';

/** Changes the branch and the directories that are synced. */
export function BranchSetting() {
  const session = useSession();
  const project = session.status.value!.project!;
  const open = session.editing.value === 'branch';
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) box.current?.querySelector('input')?.focus();
  }, [open]);
  return (
    <EditSetting
      name="branch"
      title={session.say(words.settings.branch)}
      now={
        <>
          <code dir="ltr">{clip(project.branch)}</code> ·{' '}
          <bdi dir="ltr">{project.directories.join(', ')}</bdi>
          {project.warnings.map((warning) => (
            <span key={warning} class="warn block">
              {warning}
            </span>
          ))}
        </>
      }
      of={session.say(words.settings.ofBranch)}
    >
      <div ref={box}>
        <BranchForm project={project} />
      </div>
    </EditSetting>
  );
}

function BranchForm({ project }: { project: Project }) {
  const session = useSession();
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const current: BranchChoice = { name: project.branch, default: false, protected: false, canPush: true };
  const [branch, setBranch] = useState<BranchChoice | null>(current);
  const [text, setText] = useState(project.directories.join('\n'));
  const [missing, setMissing] = useState<'branch' | 'directories' | null>(null);
  const load = useBranches(project.projectId);
  const directories = directoriesIn(text);
  const moved = branch !== null && branch.name !== project.branch;
  const leaves = useLeftOut(project, directories);
  const save = async () => {
    const lacks = (!branch && 'branch') || (!directories.length && 'directories') || null;
    setMissing(lacks);
    if (lacks) return focusFault(form);
    const changed = directories.join('\0') !== project.directories.join('\0');
    const done = await act.run(() =>
      change(session, { ...(moved && { branch: branch!.name }), ...(changed && { directories }) }),
    );
    if (done) session.editing.value = null;
    else focusFault(form);
  };
  const fault = act.fault.value;
  const at = fault && faultWords(fault.code).at;
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
      <Combo<BranchChoice>
        label={session.say(words.settings.branchField)}
        value={branch}
        onValue={setBranch}
        nameOf={({ name }) => name}
        load={load}
        render={({ name }) => (
          <bdi class="grow" dir="ltr">
            {clip(name)}
          </bdi>
        )}
        empty={(q) => session.say(words.configure.noBranch, { q })}
        onFault={(error) => session.heed(error)}
        fault={
          missing === 'branch'
            ? session.say(words.configure.pickBranch)
            : at === 'branch' && `${session.say(faultWords(fault!.code).title)}. ${fault!.detail}`
        }
        help={
          moved ? `${branchHelp(session, branch!)} ${session.say(words.settings.compares)}`.trim() : undefined
        }
      />
      <DirectoriesField
        text={text}
        onText={setText}
        missing={missing === 'directories'}
        fault={at === 'form' ? fault : null}
      />
      {leaves > 0 && <p class="sub small">{session.say(words.settings.leaves, { n: leaves })}</p>}
      <div class="row">
        <Button kind="primary" submit busy={act.busy.value && session.say(words.page.saving)}>
          {session.say(words.page.save)}
        </Button>
        <Button kind="plain" push onClick={() => (session.dialog.value = { name: 'other-project' })}>
          {session.say(words.settings.otherProject)}
        </Button>
      </div>
      {at === 'button' && <ActNote act={act} />}
    </form>
  );
}

const MOST_PAGES = 10;

/** Counts the synced files that the new directories would leave out. */
function useLeftOut(project: Project, directories: readonly string[]): number {
  const session = useSession();
  const [files, setFiles] = useState<readonly string[]>([]);
  const removes = project.directories.some((entry) => !isInside(directories, entry));
  useEffect(() => {
    if (!removes || files.length) return;
    let over = false;
    void allFiles(session, () => over).then((paths) => !over && setFiles(paths));
    return () => void (over = true);
  }, [removes]);
  return removes ? files.filter((path) => !isInside(directories, path)).length : 0;
}

async function allFiles(session: Session, over: () => boolean): Promise<string[]> {
  const { api } = session;
  const paths: string[] = [];
  try {
    for (let cursor: string | null = '', page = 0; cursor !== null && page < MOST_PAGES && !over(); page++) {
      const query = { limit: 200, ...(cursor && { cursor }) };
      const asked = api.client.GET('/api/v1/orgs/{org}/gitlab/files', { params: { path: api.path, query } });
      const answer: { items: FileState[]; nextCursor: string | null } = await api.take(asked);
      paths.push(...answer.items.map(({ path }) => path));
      cursor = answer.nextCursor;
    }
  } catch (error) {
    session.heed(error);
  }
  return paths;
}
