import { useEffect, useRef } from 'preact/hooks';
import type { Fault } from '../../api';
import type { BranchChoice, ProjectChoice } from '../../contract';
import { faultWords } from '../../faults';
import { branchHelp, useBranches } from '../../branches';
import { Combo } from '../../parts/combo';
import { clip } from '../../say';
import { useSession } from '../../session';
import { words } from '../../words';

interface ExistingProjectProps {
  readonly project: ProjectChoice | null;
  readonly branch: BranchChoice | null;
  readonly onProject: (project: ProjectChoice | null) => void;
  readonly onBranch: (branch: BranchChoice | null) => void;
  readonly missing: 'project' | 'branch' | null;
  readonly fault: Fault | null;
}

/** Asks for a project that the token can access, and for one of its branches. */
export function ExistingProject({
  project,
  branch,
  onProject,
  onBranch,
  missing,
  fault,
}: ExistingProjectProps) {
  const session = useSession();
  const { client, path } = session.api;
  const heed = (error: unknown) => session.heed(error);
  const loadProjects = async (search: string, cursor: string | null) =>
    session.api.take(
      client.GET('/api/v1/orgs/{org}/gitlab/projects', {
        params: { path, query: { ...(search && { search }), ...(cursor && { cursor }) } },
      }),
    );
  const place = fault && faultWords(fault.code).at;
  const says = (text: string) => (fault ? `${session.say(faultWords(fault.code).title)}. ${text}` : text);
  return (
    <div class="two">
      <Combo<ProjectChoice>
        label={session.say(words.configure.project)}
        placeholder={session.say(words.configure.search)}
        value={project}
        onValue={onProject}
        nameOf={({ pathWithNamespace }) => pathWithNamespace}
        load={loadProjects}
        render={(item) => <ProjectRow item={item} />}
        isOff={({ archived }) => archived}
        empty={(q) => session.say(q ? words.configure.noMatch : words.configure.noProjects, { q })}
        onFault={heed}
        fault={
          missing === 'project'
            ? session.say(words.configure.pickProject)
            : place === 'project' && says(fault!.detail)
        }
        help={project?.emptyRepo ? session.say(words.configure.emptyRepo) : undefined}
      />
      {project && !project.emptyRepo && (
        <Branches
          key={project.id}
          project={project}
          branch={branch}
          onBranch={onBranch}
          fault={
            missing === 'branch'
              ? session.say(words.configure.pickBranch)
              : place === 'branch' && says(fault!.detail)
          }
        />
      )}
    </div>
  );
}

function ProjectRow({ item }: { item: ProjectChoice }) {
  const session = useSession();
  const note = item.archived ? words.configure.archived : item.emptyRepo ? words.configure.empty : null;
  return (
    <>
      <bdi class="grow" dir="ltr" title={item.pathWithNamespace}>
        {clip(item.pathWithNamespace)}
      </bdi>
      {note && <span class="tag">{session.say(note)}</span>}
    </>
  );
}

interface BranchesProps {
  readonly project: ProjectChoice;
  readonly branch: BranchChoice | null;
  readonly onBranch: (branch: BranchChoice | null) => void;
  readonly fault: string | false;
}

/** Asks for a branch; the default branch is chosen automatically. */
function Branches({ project, branch, onBranch, fault }: BranchesProps) {
  const session = useSession();
  const load = useBranches(project.id);
  const chosen = useRef(onBranch);
  chosen.current = onBranch;
  useEffect(() => {
    let over = false;
    load(project.defaultBranch ?? '', null).then(
      ({ items }) => {
        const found =
          items.find((item) => item.default) ?? items.find(({ name }) => name === project.defaultBranch);
        if (!over && found) chosen.current(found);
      },
      (error: unknown) => session.heed(error),
    );
    return () => void (over = true);
  }, [project.id]);
  return (
    <Combo<BranchChoice>
      label={session.say(words.configure.branch)}
      placeholder={session.say(words.configure.searchBranch)}
      value={branch}
      onValue={onBranch}
      nameOf={({ name }) => name}
      load={load}
      render={(item) => (
        <bdi class="grow" dir="ltr">
          {clip(item.name)}
        </bdi>
      )}
      empty={(q) => session.say(words.configure.noBranch, { q })}
      onFault={(error) => session.heed(error)}
      fault={fault}
      help={branch && branchHelp(session, branch)}
    />
  );
}
