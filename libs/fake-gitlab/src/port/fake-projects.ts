import type { Page, PageRequest } from '@app/kernel';
import { ProjectNameInvalid, ProjectNameTaken, TokenCannotCreateProjects } from '@app/gitlab';
import type { Project } from '@app/gitlab';
import { DEVELOPER, levelOf } from '../instance/model';
import { createProject } from '../instance/new-project';
import { Refused } from '../instance/refusal';
import { projectView } from './fake-views';
import type { InProcessCalls } from './in-process-calls';
import { reads, writes } from './needs';
import { pageOf } from './page-of';

/** Lists and creates projects. */
export class FakeProjects {
  constructor(private readonly calls: InProcessCalls) {}

  list(request: PageRequest & { readonly search?: string }): Promise<Page<Project>> {
    return this.calls.run({ name: 'listProjects', needs: reads('read_project') }, (instance, caller) => {
      const wanted = request.search?.toLowerCase() ?? '';
      const projects = instance.projects.all.filter(
        (project) =>
          levelOf(project, caller.user) >= DEVELOPER &&
          !project.markedForDeletionOn &&
          `${project.name} ${project.path}`.toLowerCase().includes(wanted),
      );
      return pageOf(
        projects,
        request,
        ({ id }) => id,
        (project) => projectView(instance, caller, project),
      );
    });
  }

  get(projectId: number): Promise<Project> {
    return this.calls.run({ name: 'project', projectId, needs: reads('read_project') }, (instance, caller) =>
      projectView(instance, caller, instance.access.project(caller, projectId)),
    );
  }

  create(name: string): Promise<Project> {
    const operation = { name: 'createProject', needs: writes('create_project'), write: true };
    return this.calls.run(operation, (instance, caller) => {
      if (caller.user.bot) throw new TokenCannotCreateProjects();
      try {
        return projectView(
          instance,
          caller,
          createProject(instance, caller, { name, visibility: 'private' }),
        );
      } catch (error) {
        throw notCreated(error, name);
      }
    });
  }
}

function notCreated(error: unknown, name: string): unknown {
  if (!(error instanceof Refused) || error.refusal.is !== 'invalid') return error;
  const { attributes } = error.refusal;
  if (attributes.namespace) return new TokenCannotCreateProjects();
  const said = Object.entries(attributes).map(([attribute, texts]) => `${attribute} ${texts.join(', ')}`);
  return attributes.path ? new ProjectNameTaken(name) : new ProjectNameInvalid(said.join('; '));
}
