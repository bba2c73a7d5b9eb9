import { problemWithContent, type ContentProblem, type ContentReason } from '@app/inspection';
import { ContentInvalid } from '../domain/context-store.errors';
import { inspectPath, type PathFlaw } from '../domain/inspect-path';

export type Flaw = PathFlaw['reason'] | ContentReason;

export type Inspection =
  { readonly ok: true } | ({ readonly ok: false; readonly reason: Flaw } & Omit<ContentProblem, 'reason'>);

/** Whether these bytes may be a context file: the one place that decides, for edits and for what GitLab holds. */
export function inspectFile(path: string, bytes: Buffer, maxBytes: number): Inspection {
  const flaw = inspectPath(path);
  if (flaw) return { ok: false, ...flaw };
  const problem = problemWithContent(path, bytes, maxBytes);
  return problem ? { ok: false, ...problem } : { ok: true };
}

/** @throws ContentInvalid */
export function checkContent(path: string, bytes: Buffer, maxBytes: number): void {
  const problem = problemWithContent(path, bytes, maxBytes);
  if (problem) throw new ContentInvalid(path, problem.detail);
}
