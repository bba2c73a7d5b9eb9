import type { InspectFiles } from '@app/context-store';
import { NAME_NOT_UTF8 } from '@app/context-store/core';
import type { FileContent } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import { bringsText, type BaseBlobs, type Problem } from '../../domain/reconcile';
import { problemWithFile } from '../../domain/remote-problems';

/** File on GitLab, with Dot's knowledge of its path. */
export interface FileToInspect {
  readonly file: FileContent;
  readonly base: BaseBlobs | undefined;
  readonly local: string | null;
}

/** Returns the problem of each file. Inspects its text only if it is neither agreed on nor in Dot. @throws InspectionBusy */
export async function problemsOf(
  org: OrgId,
  files: readonly FileToInspect[],
  inspect: InspectFiles,
  maxFileBytes: number,
): Promise<readonly (Problem | null)[]> {
  const known = files.map(({ file }) => problemWith(file, maxFileBytes));
  const texts = files.map(({ file: { path, blob, bytes }, base, local }, index) =>
    bytes && !known[index] && bringsText({ path, base, local, remote: blob }) ? { path, bytes } : null,
  );
  const open = texts.filter((text) => text !== null);
  const found = (await inspect.execute(org, open, maxFileBytes)).values();
  return files.map((_, index): Problem | null => {
    const problem = texts[index] ? found.next().value : null;
    return known[index] ?? (problem ? { ...problem, about: 'text' } : null);
  });
}

function problemWith(file: FileContent, maxBytes: number): Problem | null {
  if (file.misnamed) return { ...NAME_NOT_UTF8, about: 'name' };
  const problem = problemWithFile(file, maxBytes);
  return problem && { ...problem, about: 'text' };
}
