import { isUtf8 } from 'node:buffer';
import { frontMatterOf } from './front-matter';
import { problemWithYaml } from './yaml-check';

export type ContentReason = 'too_big' | 'not_utf8' | 'lfs_pointer' | 'yaml_invalid' | 'front_matter_invalid';

/** Says why a text cannot be a context file. */
export interface ContentProblem {
  readonly reason: ContentReason;
  /** One clause, with line and column if there is one. */
  readonly detail: string;
  readonly line?: number;
  readonly column?: number;
}

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Returns what is wrong with the text of a context file; null if nothing is. `maxBytes` is the size limit. */
export function problemWithContent(path: string, bytes: Buffer, maxBytes: number): ContentProblem | null {
  if (bytes.byteLength > maxBytes) {
    const detail = `${bytes.byteLength} bytes, more than the limit of ${maxBytes}; split the file`;
    return { reason: 'too_big', detail };
  }
  if (!isUtf8(bytes)) return { reason: 'not_utf8', detail: 'not valid UTF-8 text' };
  const text = bytes.toString('utf8');
  if (text.startsWith(LFS_POINTER)) {
    return { reason: 'lfs_pointer', detail: 'a Git LFS pointer; keep the text itself in Git' };
  }
  if (/\.ya?ml$/i.test(path)) return checkYaml(text, 'yaml_invalid', 1);
  const frontMatter = /\.(md|markdown)$/i.test(path) ? frontMatterOf(text) : null;
  return frontMatter ? checkYaml(frontMatter.yaml, 'front_matter_invalid', frontMatter.line) : null;
}

function checkYaml(text: string, reason: ContentReason, firstLine: number): ContentProblem | null {
  const problem = problemWithYaml(text);
  if (!problem) return null;
  const what = reason === 'yaml_invalid' ? 'YAML' : 'front matter';
  const { column, why } = problem;
  const line = firstLine + problem.line - 1;
  const detail = `the ${what} does not parse at line ${line}, column ${column}: ${why}`;
  return { reason, detail, line, column };
}
