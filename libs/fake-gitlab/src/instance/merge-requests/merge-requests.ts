import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import { DEVELOPER, levelOf } from '../model';
import type { Caller, Project, User } from '../model';
import { notFound, Refused } from '../refusal';
import { checkedStatus, diffOf } from './mergeability';
import { isDraft } from './model';
import type { MergeRequest } from './model';
import { Merging } from './merging';
import { takeQuickActions, type QuickAction } from './quick-actions';
import { Rebasing } from './rebasing';
import { mentionsIn, mentionsInTitle } from './references';
import { RefreshOnPush } from './refresh-on-push';
import { invalid, parseCreation, parseUpdate, textFaults, type Wanted } from './requests';

export type MergeRequestAction = 'open' | 'close' | 'reopen' | 'update' | 'merge';

/** One event of a merge request, as its hook reports it. */
export interface MergeRequestEvent {
  readonly mergeRequest: MergeRequest;
  readonly action: MergeRequestAction;
  readonly user: User;
  readonly changes: Readonly<Record<string, { readonly previous: unknown; readonly current: unknown }>>;
  /** The former head, if a push to the source caused an update. */
  readonly oldrev?: string;
}

export interface MergeRequestFilter {
  readonly source?: string;
  readonly target?: string;
  readonly state?: MergeRequest['state'];
  readonly sourceProjectId?: number;
}

/** A creation that passed all checks. Another one may pass them before it is written. */
export interface CheckedCreation {
  write(): MergeRequest;
}

/** Keeps merge requests and their life (docs/gitlab-api.md#merge-requests). */
export class MergeRequests {
  readonly merging: Merging;
  readonly rebasing: Rebasing;
  private readonly listeners = new Set<(event: MergeRequestEvent) => void>();

  constructor(private readonly instance: FakeGitLabInstance) {
    this.merging = new Merging(instance, this);
    this.rebasing = new Rebasing(instance);
    new RefreshOnPush(instance, this);
  }

  onEvent(listener: (event: MergeRequestEvent) => void): void {
    this.listeners.add(listener);
  }

  announce(event: MergeRequestEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** Returns all merge requests that have this project as source or target. */
  about(project: Project): MergeRequest[] {
    return this.instance.projects.all
      .flatMap(({ mergeRequests }) => [...mergeRequests.values()])
      .filter((mr) => mr.project === project || mr.sourceProject === project);
  }

  /** Lists merge requests into the project, newest first. @throws Refused if they are switched off */
  list(project: Project, filter: MergeRequestFilter): MergeRequest[] {
    if (!project.mergeRequestsEnabled) throw new Refused({ is: 'forbidden' });
    const { source, target, state, sourceProjectId } = filter;
    return [...project.mergeRequests.values()]
      .filter(
        (mr) =>
          (source === undefined || mr.source === source) &&
          (target === undefined || mr.target === target) &&
          (state === undefined || mr.state === state) &&
          (sourceProjectId === undefined || mr.sourceProject.id === sourceProjectId),
      )
      .reverse();
  }

  /** @throws Refused 404 */
  get(project: Project, iid: number): MergeRequest {
    const mr = project.mergeRequestsEnabled ? project.mergeRequests.get(iid) : undefined;
    if (!mr) throw notFound();
    return mr;
  }

  /** Checks a creation in GitLab's order and words (docs/gitlab-api.md#create-a-merge-request). */
  check(caller: Caller, sourceProject: Project, raw: Readonly<Record<string, unknown>>): CheckedCreation {
    const wanted = parseCreation(raw);
    const { access } = this.instance;
    const project =
      wanted.targetProjectId === undefined ? sourceProject : access.project(caller, wanted.targetProjectId);
    if (!this.mayPropose(sourceProject, caller.user, DEVELOPER)) throw new Refused({ is: 'forbidden' });
    const { source, target } = wanted;
    if (project === sourceProject && source === target)
      throw refused(422, "You can't use same project/branch for source and target");
    if (project !== sourceProject && sourceProject.forkedFrom !== project)
      throw refused(422, 'Source project is not a fork of the target project');
    if (!project.mergeRequestsEnabled) throw refused(422, 'Target project has disabled merge requests');
    const missing: Record<string, readonly string[]> = {};
    if (!sourceProject.repository.branches.has(source)) missing.source_branch = ['does not exist'];
    if (!project.repository.branches.has(target)) missing.target_branch = ['does not exist'];
    const twin = [...project.mergeRequests.values()].find(
      (mr) =>
        mr.state === 'opened' &&
        mr.sourceProject === sourceProject &&
        mr.source === source &&
        mr.target === target,
    );
    if (twin)
      throw refused(409, `Another open merge request already exists for this source branch: !${twin.iid}`);
    const faults = { ...missing, ...textFaults(wanted) };
    if (Object.keys(faults).length) throw invalid(faults);
    return { write: () => this.create(caller.user, sourceProject, project, wanted) };
  }

  /** Changes texts, target or state (docs/gitlab-api.md#update-a-merge-request). */
  update(caller: Caller, mr: MergeRequest, raw: Readonly<Record<string, unknown>>): void {
    const wanted = parseUpdate(raw);
    const { user } = caller;
    const allowed = mr.author === user || this.mayPropose(mr.project, user, DEVELOPER);
    if (!allowed || mr.project.archived) throw new Refused({ is: 'forbidden' });
    const faults = textFaults(wanted);
    if (Object.keys(faults).length) throw invalid(faults);
    const { target, title, description } = mr;
    const actions = this.assign(mr, wanted);
    for (const action of actions) this.execute(mr, action, user, 'update');
    const changes = changesSince({ target_branch: target, title, description }, mr);
    this.touch(mr);
    if (wanted.stateEvent === 'close') this.close(mr, user);
    else if (wanted.stateEvent === 'reopen') this.reopen(mr, user);
    else this.announce({ mergeRequest: mr, action: 'update', user, changes });
  }

  /** Closes it. Does nothing if it is not open. */
  close(mr: MergeRequest, user: User): void {
    if (mr.state !== 'opened') return;
    mr.state = 'closed';
    mr.closedAt = this.instance.clock.now();
    mr.closedBy = user;
    this.touch(mr);
    this.announce({ mergeRequest: mr, action: 'close', user, changes: stateChange('opened', 'closed') });
  }

  /** Opens it again. Does nothing if it is not closed. */
  reopen(mr: MergeRequest, user: User): void {
    if (mr.state !== 'closed') return;
    mr.state = 'opened';
    mr.closedAt = null;
    mr.closedBy = null;
    mr.diff = diffOf(mr) ?? mr.diff;
    mr.status = 'unchecked';
    this.touch(mr);
    this.announce({ mergeRequest: mr, action: 'reopen', user, changes: stateChange('closed', 'opened') });
  }

  /** A read of one merge request queues the check of a status that is out of date, and shows `checking`. */
  recheck(mr: MergeRequest): void {
    if (mr.state !== 'opened') return;
    if (mr.status === 'unchecked') mr.status = 'checking';
    else if (mr.status === 'cannot_be_merged_recheck') mr.status = 'cannot_be_merged_rechecking';
    else return;
    this.instance.jobs.add(() => {
      if (mr.status === 'checking' || mr.status === 'cannot_be_merged_rechecking')
        mr.status = checkedStatus(mr);
    });
  }

  /** Marks the check as out of date, as every push to one of the branches does. */
  uncheck(mr: MergeRequest): void {
    if (mr.status === 'preparing') return;
    mr.status = mr.status.startsWith('cannot') ? 'cannot_be_merged_recheck' : 'unchecked';
  }

  touch(mr: MergeRequest): void {
    mr.updatedAt = this.instance.clock.now();
  }

  /** Points it at another branch because its target was removed after a merge. */
  retarget(mr: MergeRequest, target: string, user: User): void {
    const previous = mr.target;
    this.aim(mr, target);
    this.touch(mr);
    const changes = { target_branch: { previous, current: target } };
    this.announce({ mergeRequest: mr, action: 'update', user, changes });
  }

  private create(
    user: User,
    sourceProject: Project,
    project: Project,
    wanted: Wanted & { source: string; target: string; title: string },
  ): MergeRequest {
    const now = this.instance.clock.now();
    const mr: MergeRequest = {
      id: this.instance.nextId(),
      iid: project.mergeRequests.size + 1,
      project,
      sourceProject,
      source: wanted.source,
      author: user,
      createdAt: now,
      target: wanted.target,
      title: '',
      description: '',
      state: 'opened',
      updatedAt: now,
      preparedAt: null,
      diff: null,
      status: 'preparing',
      listed: null,
      mergeError: null,
      squash: wanted.squash ?? false,
      forceRemoveSourceBranch: wanted.removeSourceBranch ?? null,
      shouldRemoveSourceBranch: null,
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      squashCommit: null,
      closedAt: null,
      closedBy: null,
      executed: [],
      mentioned: [],
    };
    project.mergeRequests.set(mr.iid, mr);
    const actions = this.assign(mr, { title: wanted.title, description: wanted.description });
    for (const action of actions) this.execute(mr, action, user, 'create');
    this.instance.jobs.add(() => this.prepare(mr, user));
    return mr;
  }

  /** Computes the difference. The `open` hook waits for it. */
  private prepare(mr: MergeRequest, user: User): void {
    mr.diff = diffOf(mr) ?? mr.diff;
    mr.preparedAt = this.instance.clock.now();
    mr.status = 'unchecked';
    this.announce({ mergeRequest: mr, action: 'open', user, changes: {} });
  }

  /** Stores the values, and returns the quick actions of the description. */
  private assign(mr: MergeRequest, wanted: Wanted): readonly QuickAction[] {
    if (wanted.title !== undefined) {
      mr.title = wanted.title.trim();
      mr.mentioned.push(...mentionsInTitle(mr.title));
    }
    if (wanted.target !== undefined && wanted.target !== mr.target) this.aim(mr, wanted.target);
    if (wanted.squash !== undefined) mr.squash = wanted.squash;
    if (wanted.removeSourceBranch !== undefined) mr.forceRemoveSourceBranch = wanted.removeSourceBranch;
    if (wanted.description === undefined) return [];
    const { text, actions } = takeQuickActions(wanted.description);
    mr.description = text;
    mr.mentioned.push(...mentionsIn(text));
    return actions;
  }

  private aim(mr: MergeRequest, target: string): void {
    mr.target = target;
    mr.diff = diffOf(mr) ?? mr.diff;
    this.uncheck(mr);
  }

  private execute(
    mr: MergeRequest,
    { name, argument }: QuickAction,
    user: User,
    on: 'create' | 'update',
  ): void {
    mr.executed.push(`/${name}`);
    if (name === 'title' && argument) mr.title = argument;
    if (name === 'draft' && !isDraft(mr.title)) mr.title = `Draft: ${mr.title}`;
    if (name === 'ready') mr.title = mr.title.replace(/^\s*(\[draft\]|\(draft\)|draft:)\s*/i, '');
    if (name === 'target_branch' && mr.project.repository.branches.has(argument)) this.aim(mr, argument);
    if (on === 'create') return;
    if (name === 'close') this.close(mr, user);
    if (name === 'reopen') this.reopen(mr, user);
    if (name === 'rebase') this.rebasing.start(mr, user);
  }

  private mayPropose(project: Project, user: User, level: number): boolean {
    const open = !project.archived && !project.markedForDeletionOn && project.repositoryEnabled;
    return open && project.mergeRequestsEnabled && levelOf(project, user) >= level;
  }
}

function stateChange(previous: string, current: string): MergeRequestEvent['changes'] {
  const ids: Record<string, number> = { opened: 1, closed: 2, merged: 3, locked: 4 };
  return { state_id: { previous: ids[previous], current: ids[current] } };
}

function changesSince(
  before: { readonly target_branch: string; readonly title: string; readonly description: string },
  mr: MergeRequest,
): MergeRequestEvent['changes'] {
  const now = { target_branch: mr.target, title: mr.title, description: mr.description };
  const names = Object.keys(now) as (keyof typeof now)[];
  return Object.fromEntries(
    names
      .filter((name) => before[name] !== now[name])
      .map((name) => [name, { previous: before[name], current: now[name] }]),
  );
}

function refused(status: number, message: string): Refused {
  return new Refused({ is: 'message', status, message: [message] });
}
