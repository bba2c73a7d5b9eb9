import { execFile } from 'node:child_process';
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import type { Blob } from '@app/kernel';

const run = promisify(execFile);
/** More than the largest tree that a pull reads. */
const MOST_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
/** A program of the repository's own configuration would run. */
const SAFELY = ['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false'];

/** An entry as git or the file system lists it. */
export interface ListedEntry {
  /** Exact if the name is UTF-8, and otherwise only to be shown. */
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  readonly misnamed: boolean;
  /** The blob in git's index; undefined for a new file. */
  readonly blob?: Blob;
}

/** Lists tracked files below these entries of the root, and new ones that are not ignored. @throws Error with git's own words if git cannot */
export async function listByGit(root: string, directories: readonly string[]): Promise<ListedEntry[]> {
  const files = (...options: string[]) =>
    git(root, ['--literal-pathspecs', 'ls-files', '-z', ...options, '--', ...directories]);
  const [tracked, created] = await Promise.all([files('--stage'), files('--others', '--exclude-standard')]);
  const entries = [...namesIn(tracked).map(trackedEntry), ...namesIn(created).map(createdEntry)];
  // A path in conflict stands in the index several times.
  return [...new Map(entries.map((entry) => [entry.path, entry])).values()];
}

/** Returns the top directory of the repository; null if git knows none. */
export async function topLevel(directory: string): Promise<string | null> {
  try {
    return (await git(directory, ['rev-parse', '--show-toplevel'])).toString().replace(/\r?\n$/, '') || null;
  } catch {
    return null;
  }
}

async function git(cwd: string, words: readonly string[]): Promise<Buffer> {
  const options = { cwd, encoding: 'buffer', maxBuffer: MOST_BYTES, timeout: TIMEOUT_MS } as const;
  const { stdout } = await run('git', [...SAFELY, ...words], options);
  return stdout;
}

function namesIn(output: Buffer): Buffer[] {
  const names: Buffer[] = [];
  for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start))
    names.push(output.subarray(start, end));
  return names;
}

/** `100644 <blob> <stage>\t<path>` */
function trackedEntry(line: Buffer): ListedEntry {
  const tab = line.indexOf('\t');
  const [mode, blob] = line.subarray(0, tab).toString().split(' ');
  const kind = mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file';
  return { ...named(line.subarray(tab + 1)), kind, blob };
}

/** A repository inside this one ends in a slash; added, it becomes a submodule. */
function createdEntry(name: Buffer): ListedEntry {
  const nested = name.at(-1) === SLASH;
  return { ...named(nested ? name.subarray(0, -1) : name), kind: nested ? 'submodule' : 'file' };
}

const SLASH = 0x2f;

export const named = (name: Buffer): Pick<ListedEntry, 'path' | 'misnamed'> => ({
  path: name.toString(),
  misnamed: !isUtf8(name),
});
