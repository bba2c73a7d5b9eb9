import type { FileContent, Repo, TreeEntry } from '@app/gitlab';
import type { Entry, GitObjects } from '../git/git-objects';
import { shownAs } from '../git/names';
import { FILE_SCOPES } from '../instance/access';
import type { Project } from '../instance/model';
import { entryKind, projectView } from './fake-views';
import type { InProcessCalls } from './in-process-calls';
import { commitOf } from './lookup';
import { reads } from './needs';

const FILES_PER_REQUEST = 100;

/** Reads trees and files. */
export class FakeFiles {
  constructor(private readonly calls: InProcessCalls) {}

  tree(
    repo: Repo,
    commit: string,
    { directories = false }: { readonly directories?: boolean } = {},
  ): Promise<Map<string, TreeEntry>> {
    const operation = { name: 'tree', ...repo, needs: reads('read_repository_tree') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.code(caller, repo.projectId);
      const { objects } = project.repository;
      const { tree } = commitOf(project, commit);
      return treeView(directories ? objects.walk(tree) : objects.files(tree));
    });
  }

  async *read(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    { maxBytes }: { readonly maxBytes: number },
  ): AsyncIterable<FileContent> {
    const operation = { name: 'readFiles', ...repo, needs: reads('read_repository_file', FILE_SCOPES) };
    const wanted = [...new Set(paths)];
    for (let start = 0; start < wanted.length; start += FILES_PER_REQUEST) {
      const batch = wanted.slice(start, start + FILES_PER_REQUEST);
      yield* await this.calls.run(operation, async (instance, caller) => {
        const project = instance.access.code(caller, repo.projectId);
        await this.calls.noticeMove(repo, projectView(instance, caller, project));
        const { tree } = commitOf(project, commit);
        return batch.flatMap((path) => fileAt(project, tree, path, maxBytes));
      });
    }
  }
}

function fileAt({ repository }: Project, tree: string, path: string, maxBytes: number): FileContent[] {
  const entry = repository.objects.entryAt(tree, path);
  const bytes = entry && repository.objects.blob(entry.id);
  if (!entry) return misnamedAt(repository.objects, tree, path);
  if (!bytes) return [];
  const kind = entry.mode === '120000' ? 'symlink' : 'file';
  const size = bytes.byteLength;
  return [{ path, blob: entry.id, kind, bytes: size > maxBytes ? null : bytes, size }];
}

/**
 * GitLab's responses show a name without its bytes that are not UTF-8, and GitLab finds no file by the shortened
 * name.
 */
function misnamedAt(objects: GitObjects, tree: string, path: string): FileContent[] {
  const entry = [...objects.files(tree)].find(([name]) => name !== path && shownAs(name) === path)?.[1];
  if (!entry) return [];
  return [{ path, blob: entry.id, kind: 'file', bytes: null, size: 0, misnamed: true }];
}

function treeView(entries: Iterable<readonly [string, Entry]>): Map<string, TreeEntry> {
  const tree = new Map<string, TreeEntry>();
  for (const [path, { mode, id }] of entries) {
    const shown = shownAs(path);
    if (shown === path) tree.set(path, { kind: entryKind(mode), blob: id });
    else if (!tree.has(shown)) tree.set(shown, { kind: entryKind(mode), blob: id, pathUnsure: true });
  }
  return tree;
}
