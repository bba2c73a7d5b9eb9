import { isUtf8 } from 'node:buffer';
import { ContentInvalid } from '../domain/context-store.errors';
import { frontMatterOf } from '../domain/front-matter';
import { inspectPath, type PathFlaw } from '../domain/inspect-path';
import { flawOfYaml } from './yaml-flaw';

export type Flaw =
  PathFlaw['reason'] | 'too_big' | 'not_utf8' | 'lfs_pointer' | 'yaml_invalid' | 'front_matter_invalid';

export type Inspection =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: Flaw;
      /** One clause, with line and column where there is one. */
      readonly detail: string;
      readonly line?: number;
      readonly column?: number;
    };

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Whether these bytes may be a context file: the one place that decides, for edits and for what GitLab holds. */
export function inspectFile(path: string, bytes: Buffer, maxBytes: number): Inspection {
  const flaw = inspectPath(path);
  return flaw ? { ok: false, ...flaw } : inspectContent(path, bytes, maxBytes);
}

/** @throws ContentInvalid */
export function checkContent(path: string, bytes: Buffer, maxBytes: number): void {
  const inspection = inspectContent(path, bytes, maxBytes);
  if (!inspection.ok) throw new ContentInvalid(path, inspection.detail);
}

function inspectContent(path: string, bytes: Buffer, maxBytes: number): Inspection {
  if (bytes.byteLength > maxBytes) {
    const detail = `${bytes.byteLength} bytes, more than the limit of ${maxBytes}; split the file`;
    return { ok: false, reason: 'too_big', detail };
  }
  if (!isUtf8(bytes)) return { ok: false, reason: 'not_utf8', detail: 'not valid UTF-8 text' };
  const text = bytes.toString('utf8');
  if (text.startsWith(LFS_POINTER)) {
    return { ok: false, reason: 'lfs_pointer', detail: 'a Git LFS pointer; keep the text itself in Git' };
  }
  if (/\.ya?ml$/i.test(path)) return inspectYaml(text, 'yaml_invalid', 1);
  const frontMatter = /\.(md|markdown)$/i.test(path) ? frontMatterOf(text) : null;
  return frontMatter ? inspectYaml(frontMatter.yaml, 'front_matter_invalid', frontMatter.line) : { ok: true };
}

function inspectYaml(text: string, reason: Flaw, firstLine: number): Inspection {
  const flaw = flawOfYaml(text);
  if (!flaw) return { ok: true };
  const what = reason === 'yaml_invalid' ? 'YAML' : 'front matter';
  const { column, why } = flaw;
  const line = firstLine + flaw.line - 1;
  const detail = `the ${what} does not parse at line ${line}, column ${column}: ${why}`;
  return { ok: false, reason, detail, line, column };
}
