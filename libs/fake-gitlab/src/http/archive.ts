import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { GitAttributes } from '../git/attributes';
import type { CommitObject, Entry } from '../git/git-objects';
import type { Repository } from '../git/repository';

/** A `.tar.gz` of a commit as `git archive` makes it: not the same bytes as the tree where `.gitattributes` says so (docs/gitlab-api.md#blobs-and-archives). */
export async function packArchive(
  repository: Repository,
  commit: CommitObject,
  folder: string,
  path: string,
): Promise<Buffer> {
  const attributes = GitAttributes.parse(repository.objects, commit.tree);
  const tar = pack();
  const mtime = commit.committer.at;
  tar.entry({ name: `${folder}/`, type: 'directory', mtime });
  for (const [name, entry] of repository.objects.files(commit.tree)) {
    if (path && name !== path && !name.startsWith(`${path}/`)) continue;
    if (attributes.has(name, 'export-ignore')) continue;
    const bytes = repository.throughLfs(repository.objects.blob(entry.id) ?? Buffer.alloc(0));
    const content = attributes.has(name, 'export-subst') ? substitute(bytes, commit) : bytes;
    addEntry(tar, `${folder}/${name}`, entry, content, mtime);
  }
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}

function addEntry(
  tar: ReturnType<typeof pack>,
  name: string,
  { mode }: Entry,
  content: Buffer,
  mtime: Date,
): void {
  if (mode === '120000') tar.entry({ name, type: 'symlink', linkname: content.toString(), mtime });
  else if (mode === '160000') tar.entry({ name: `${name}/`, type: 'directory', mtime });
  else tar.entry({ name, mode: mode === '100755' ? 0o775 : 0o664, mtime }, content);
}

function substitute(bytes: Buffer, { id, author }: CommitObject): Buffer {
  const values: Record<string, string> = { H: id, h: id.slice(0, 8), an: author.name, ae: author.email };
  const text = bytes.toString('latin1');
  const expanded = text.replace(/\$Format:([^$\n]*)\$/g, (_, format: string) =>
    format.replace(/%(an|ae|H|h)/g, (_placeholder, key: string) => values[key]),
  );
  return Buffer.from(expanded, 'latin1');
}
