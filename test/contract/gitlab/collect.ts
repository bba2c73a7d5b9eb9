import type { GitLab, Repo } from '@app/gitlab';
import type { FileContent } from '@app/gitlab';

type Options = Parameters<GitLab['readFiles']>[3];

/** All files of one read, by path. */
export async function collectFiles(
  gitlab: GitLab,
  repo: Repo,
  commit: string,
  paths: readonly string[],
  options: Options = { maxBytes: 1024 * 1024 },
): Promise<Map<string, FileContent>> {
  const files = new Map<string, FileContent>();
  for await (const file of gitlab.readFiles(repo, commit, paths, options)) files.set(file.path, file);
  return files;
}

export async function textOf(
  gitlab: GitLab,
  repo: Repo,
  commit: string,
  path: string,
): Promise<string | null> {
  const file = (await collectFiles(gitlab, repo, commit, [path])).get(path);
  return file?.bytes?.toString() ?? null;
}

/** Returns the items of all pages of a list. */
export async function allPages<T>(
  list: (
    cursor: string | null,
  ) => Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
