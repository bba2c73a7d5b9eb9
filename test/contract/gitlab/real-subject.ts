import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { AxiosInstance } from 'axios';
import { HttpGitLabConnector } from '@app/gitlab';
import type { GitLab, Repo, TreeEntry } from '@app/gitlab';
import { orgId, Secret } from '@app/kernel';
import type { Push, Subject } from './subject';

const NOBODY = { author_name: 'Teammate', author_email: 'teammate@example.com' };

/** A real GitLab, with two projects made for one test and deleted after it. Needs a personal token with the api scope. */
export async function realGitLab(url: string, token: string): Promise<Subject> {
  const connector = new HttpGitLabConnector({ allowPrivate: [new URL(url).hostname] });
  const org = orgId('acme');
  const gitlab = connector.open({ instanceUrl: new URL(url).origin, token: new Secret(token), org });
  const http = axios.create({ baseURL: `${url}/api/v4`, headers: { 'PRIVATE-TOKEN': token } });
  const [repo, emptyRepo] = await Promise.all([newRepo(gitlab), newRepo(gitlab)]);
  const teammate = new Teammate(http, gitlab, repo);
  await teammate.push({ files: { 'README.md': '# Docs\n' } });
  return {
    gitlab,
    repo,
    emptyRepo,
    push: (change) => teammate.push(change),
    reset: (commit) => teammate.reset(commit),
    dispose: async () => {
      for (const { projectId } of [repo, emptyRepo]) await http.delete(`/projects/${projectId}`);
    },
  };
}

async function newRepo(gitlab: GitLab): Promise<Repo> {
  const { id, pathWithNamespace } = await gitlab.createProject(`contract-${randomUUID()}`);
  return { projectId: id, pathWithNamespace, branch: 'main' };
}

/** Commits by somebody else, made through the API because that is what a token can do. */
class Teammate {
  constructor(
    private readonly http: AxiosInstance,
    private readonly gitlab: GitLab,
    private readonly repo: Repo,
  ) {}

  async push({ files = {}, rename = {} }: Push): Promise<string> {
    const tree = await this.tree();
    const moves = Object.entries(rename).map(([previous_path, file_path]) => ({
      action: 'move',
      file_path,
      previous_path,
    }));
    const edits = Object.entries(files).map(([file_path, content]) => {
      if (content === null) return { action: 'delete', file_path };
      if (typeof content !== 'string' && !Buffer.isBuffer(content))
        throw new Error(`only plain files can be pushed through the API, not ${file_path}`);
      const encoded = Buffer.from(content).toString('base64');
      const action = tree.has(file_path) ? 'update' : 'create';
      return { action, file_path, content: encoded, encoding: 'base64' };
    });
    return this.commit({ commit_message: 'By a teammate', actions: [...moves, ...edits] });
  }

  /** Deletes the branch and makes it again at the commit, with another default branch meanwhile. */
  async reset(commit: string): Promise<void> {
    const { projectId, branch } = this.repo;
    const spare = `spare-${randomUUID()}`;
    const branches = `/projects/${projectId}/repository/branches`;
    await this.http.post(branches, { branch: spare, ref: commit });
    await this.http.put(`/projects/${projectId}`, { default_branch: spare });
    await this.http.delete(`/projects/${projectId}/protected_branches/${branch}`, {
      validateStatus: () => true,
    });
    await this.http.delete(`${branches}/${branch}`);
    await this.http.post(branches, { branch, ref: commit });
    await this.http.put(`/projects/${projectId}`, { default_branch: branch });
  }

  private async commit(body: object): Promise<string> {
    const { projectId, branch } = this.repo;
    const to = `/projects/${projectId}/repository/commits`;
    const { data } = await this.http.post<{ id: string }>(to, { branch, ...NOBODY, ...body });
    return data.id;
  }

  private async tree(): Promise<ReadonlyMap<string, TreeEntry>> {
    const { projectId, branch } = this.repo;
    const { items } = await this.gitlab.listBranches(projectId, { search: branch });
    const head = items.find(({ name }) => name === branch)?.head.id;
    return head ? this.gitlab.tree(this.repo, head) : new Map();
  }
}
