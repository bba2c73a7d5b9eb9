import type { ContextStore } from '@app/context-store';
import { fingerprintOf, type Finding, type InspectionService } from '@app/inspection';
import type { OrgId } from '@app/kernel';
import { secretWarning, shownWarning } from '../check/file-warnings';
import type { FileState } from './file-state';
import type { Findings } from '../ports/findings.port';

interface Parts {
  readonly store: ContextStore;
  readonly findings: Findings;
  readonly inspections: InspectionService;
}

/**
 * Flags files that are equal on both sides and that a push would have held back. They came from GitLab or were there
 * from the start. Withholding them now would hide nothing, and keep the sides unequal.
 */
export async function flagSecrets(
  org: OrgId,
  files: readonly FileState[],
  { store, findings, inspections }: Parts,
): Promise<FileState[]> {
  const equal = files.flatMap(({ path, state, dotBlob }) =>
    state === 'in_sync' && dotBlob ? [{ path, blob: dotBlob }] : [],
  );
  const inspected = await inspections.inspect(org, equal, (blobs) => store.contents(org, blobs));
  const found = equal.flatMap(({ path }, index) =>
    (inspected[index]?.findings ?? []).map((finding) => ({
      path,
      finding,
      fingerprint: fingerprintOf(path, finding),
    })),
  );
  const fingerprints = found.map(({ fingerprint }) => fingerprint);
  const allowed = fingerprints.length ? await findings.allowed(org, fingerprints) : new Set();
  const open = found.filter(({ fingerprint }) => !allowed.has(fingerprint)).reverse();
  const first = new Map(open.map(({ path, finding }) => [path, finding]));
  return files.map((file) => withFlag(file, first.get(file.path)));
}

function withFlag(file: FileState, suspicion: Finding | undefined): FileState {
  if (!suspicion) return file;
  const flag = shownWarning(secretWarning(suspicion));
  return { ...file, reason: file.reason ? `${flag}; ${file.reason}` : flag };
}
