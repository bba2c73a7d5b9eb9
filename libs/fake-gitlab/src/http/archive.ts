import { pipeline, type Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { GitAttributes } from '../git/attributes';
import type { CommitObject, Entry } from '../git/git-objects';
import type { Repository } from '../git/repository';

type Header = Parameters<Pack['entry']>[0];

const NOTHING = Buffer.alloc(0);

/**
 * Packs a commit as `.tar.gz`, as `git archive` does: at the pace of the reader. `.gitattributes` may omit or change
 * files (docs/gitlab-api.md#blobs-and-archives).
 */
export function packArchive(
  repository: Repository,
  commit: CommitObject,
  folder: string,
  path: string,
): Readable {
  // An error reaches the reader of the archive.
  return pipeline(tarOf(repository, commit, folder, path), createGzip(), () => undefined);
}

async function* tarOf(repository: Repository, commit: CommitObject, folder: string, path: string) {
  const tar = pack();
  const attributes = GitAttributes.parse(repository.objects, commit.tree);
  const mtime = commit.committer.at;
  const packing = async () => {
    await added(tar, { name: `${folder}/`, type: 'directory', mtime });
    for (const [name, entry] of repository.objects.files(commit.tree)) {
      if (path && name !== path && !name.startsWith(`${path}/`)) continue;
      if (attributes.has(name, 'export-ignore')) continue;
      const bytes = repository.throughLfs(repository.objects.blob(entry.id) ?? NOTHING);
      const content = attributes.has(name, 'export-subst') ? substitute(bytes, commit) : bytes;
      await addEntry(tar, `${folder}/${name}`, entry, content, mtime);
    }
    tar.finalize();
  };
  packing().catch((error: Error) => tar.destroy(error));
  yield* tar;
}

function addEntry(tar: Pack, name: string, { mode }: Entry, content: Buffer, mtime: Date): Promise<void> {
  if (mode === '120000') return added(tar, { name, type: 'symlink', linkname: content.toString(), mtime });
  if (mode === '160000') return added(tar, { name: `${name}/`, type: 'directory', mtime });
  return added(tar, { name, mode: mode === '100755' ? 0o775 : 0o664, mtime }, content);
}

/** Resolves when there is room for the next entry. */
function added(tar: Pack, header: Header, content: Buffer = NOTHING): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry(header, content, (error) => (error ? reject(error) : resolve()));
  });
}

function substitute(bytes: Buffer, { id, author }: CommitObject): Buffer {
  const values: Record<string, string> = { H: id, h: id.slice(0, 8), an: author.name, ae: author.email };
  const text = bytes.toString('latin1');
  const expanded = text.replace(/\$Format:([^$\n]*)\$/g, (_, format: string) =>
    format.replace(/%(an|ae|H|h)/g, (_placeholder, key: string) => values[key]),
  );
  return Buffer.from(expanded, 'latin1');
}
