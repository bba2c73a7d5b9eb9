import type { CommitObject } from '../../git/git-objects';
import { patchText } from '../../git/patch';
import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { fullPath } from '../../instance/model';
import type { Project } from '../../instance/model';
import { differencesOf } from './difference';

export function commitEntity(instance: FakeGitLabInstance, project: Project, commit: CommitObject): object {
  return {
    id: commit.id,
    short_id: commit.id.slice(0, 8),
    created_at: gitTime(commit.committer.at),
    parent_ids: commit.parents,
    title: commit.message.split('\n')[0],
    message: commit.message,
    author_name: commit.author.name,
    author_email: commit.author.email,
    authored_date: gitTime(commit.author.at),
    committer_name: commit.committer.name,
    committer_email: commit.committer.email,
    committed_date: gitTime(commit.committer.at),
    ...trailersOf(commit.message),
    web_url: `${instance.url}/${fullPath(project)}/-/commit/${commit.id}`,
  };
}

export function commitDetailEntity(
  instance: FakeGitLabInstance,
  project: Project,
  commit: CommitObject,
  stats: boolean,
): object {
  return {
    ...commitEntity(instance, project, commit),
    ...(stats && { stats: statsOf(project, commit) }),
    status: null,
    project_id: project.id,
    last_pipeline: null,
  };
}

function statsOf(project: Project, commit: CommitObject): object {
  const lines = differencesOf(project, commit)
    .flatMap((row) => patchText(project.repository.objects, row).split('\n'))
    .filter((line) => !line.startsWith('\\'));
  const additions = lines.filter((line) => line.startsWith('+')).length;
  const deletions = lines.filter((line) => line.startsWith('-')).length;
  return { additions, deletions, total: additions + deletions };
}

function trailersOf(message: string): object {
  const last = message.trimEnd().split(/\n\n/).slice(1).at(-1)?.split('\n') ?? [];
  const pairs = last.map((line) => /^([A-Za-z0-9-]+): (.+)$/.exec(line));
  const found = pairs.every((pair) => pair !== null) ? pairs : [];
  const extended: Record<string, string[]> = {};
  for (const [, key, value] of found) (extended[key] ??= []).push(value);
  const trailers = Object.fromEntries(found.map(([, key, value]) => [key, value]));
  return { trailers, extended_trailers: extended };
}

function gitTime(at: Date): string {
  return at.toISOString().replace('Z', '+00:00');
}
