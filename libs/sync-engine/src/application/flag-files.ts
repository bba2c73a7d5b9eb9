import type { ContextStore } from '@app/context-store';
import { scanText, type Finding } from '@app/inspection';
import type { OrgId } from '@app/kernel';
import type { FileState } from './file-states';
import type { Findings } from './findings.port';

/** Read at a time: files may be large. */
const FEW = 20;

const WHAT_TO_DO: Readonly<Record<Finding['reason'], string>> = {
  credential: 'whoever reads the project has it: revoke it, then take it out',
  hidden_control: 'people do not see it, an AI reads it: take it out if nobody meant it',
};

/**
 * Tells of files that are the same on both sides what a push would have held back: it came from GitLab, or was there from the
 * start. Keeping it back now would keep the sides from being equal and hide nothing.
 */
export async function flagged(
  org: OrgId,
  files: readonly FileState[],
  { store, findings }: { readonly store: ContextStore; readonly findings: Findings },
): Promise<FileState[]> {
  const shown: FileState[] = [];
  for (let from = 0; from < files.length; from += FEW) {
    const few = files.slice(from, from + FEW);
    const blobs = few.map(({ state, dotBlob }) => (state === 'in_sync' ? dotBlob : null));
    const contents = await store.contents(
      org,
      blobs.filter((blob) => blob !== null),
    );
    const found = few.map(({ path }, nth) => {
      const content = contents.get(blobs[nth] ?? '');
      return content ? scanText(path, content) : [];
    });
    const fingerprints = found.flat().map(({ fingerprint }) => fingerprint);
    const allowed = fingerprints.length ? await findings.allowed(org, fingerprints) : new Set();
    const first = found.map((all) => all.find(({ fingerprint }) => !allowed.has(fingerprint)));
    shown.push(...few.map((file, nth) => withFlag(file, first[nth])));
  }
  return shown;
}

function withFlag(file: FileState, suspicion: Finding | undefined): FileState {
  if (!suspicion) return file;
  const { reason, rule, line } = suspicion;
  const flag = `${reason}: line ${line} holds ${rule}; ${WHAT_TO_DO[reason]}`;
  return { ...file, reason: file.reason ? `${flag}; ${file.reason}` : flag };
}
