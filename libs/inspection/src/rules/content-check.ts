import { isUtf8 } from 'node:buffer';
import type { FileCheck } from '@app/kernel';
import { encodingFix, wideEncodingOf } from './encoding-fix';
import { frontMatterOf } from './front-matter';
import { problemWithYaml } from './yaml-check';
import { yamlFix } from './yaml-fix';

export type ContentReason =
  | 'too_big'
  | 'not_utf8'
  | 'lfs_pointer'
  | 'yaml_invalid'
  | 'front_matter_invalid'
  | 'too_complex'
  | 'inspection_interrupted';

/** Explains why a text cannot be a context file. */
export interface ContentProblem {
  readonly reason: ContentReason;
  /** One clause, with line and column if they are known. */
  readonly detail: string;
  readonly line?: number;
  readonly column?: number;
  /** When the text may be inspected again, if it waits for that. */
  readonly retryAfterMs?: number;
}

const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
const LFS_FIX =
  'a Git LFS pointer instead of the text; remove the rule with filter=lfs for its path from .gitattributes and commit the ' +
  'text itself, or save it in Dot again';

/** Characters of a parser's message that are shown; it may quote the text. */
const MOST_SHOWN = 300;

/** Returns the problem of a file with more than `maxBytes` bytes; null if it is not larger. */
export function problemWithSize(bytes: number, maxBytes: number): ContentProblem | null {
  if (bytes <= maxBytes) return null;
  return { reason: 'too_big', detail: `${bytes} bytes, more than the limit of ${maxBytes}; split the file` };
}

/** Returns the problem of a context file's text; null if there is none. */
export function problemWithText(kind: FileCheck, bytes: Buffer): ContentProblem | null {
  if (!isUtf8(bytes)) return { reason: 'not_utf8', detail: `not valid UTF-8 text: ${encodingFix(bytes)}` };
  const text = bytes.toString('utf8');
  if (text.startsWith(LFS_POINTER)) {
    return { reason: 'lfs_pointer', detail: LFS_FIX };
  }
  if (kind === 'yaml') return checkYaml(text, 'yaml_invalid', 1, bytes);
  const frontMatter = kind === 'markdown' ? frontMatterOf(text) : null;
  return frontMatter ? checkYaml(frontMatter.yaml, 'front_matter_invalid', frontMatter.line, null) : null;
}

/** UTF-16 of English text is valid UTF-8 with many NUL characters, which no YAML parser accepts. */
function checkYaml(
  text: string,
  reason: ContentReason,
  firstLine: number,
  bytes: Buffer | null,
): ContentProblem | null {
  const problem = problemWithYaml(text);
  if (!problem) return null;
  const what = reason === 'yaml_invalid' ? 'YAML' : 'front matter';
  const { column } = problem;
  const encoding = bytes && wideEncodingOf(bytes);
  const fix = encoding ? `it is saved as ${encoding}; save it as UTF-8` : yamlFix(text, problem, firstLine);
  const why = (fix ?? problem.why).slice(0, MOST_SHOWN).replace(/\p{Cc}+/gu, ' ');
  const line = firstLine + problem.line - 1;
  const detail = `the ${what} does not parse at line ${line}, column ${column}: ${why}`;
  return { reason, detail, line, column };
}
