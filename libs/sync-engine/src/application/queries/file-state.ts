import type { Blob } from '@app/kernel';

/** The states of a file on both sides. */
export const FILE_STATES = [
  'in_sync',
  'proposed',
  'dot_ahead',
  'gitlab_ahead',
  'conflict',
  'quarantined',
] as const;
/** A word of `FILE_STATES`. */
export type FileStateName = (typeof FILE_STATES)[number];

/** The state of one file. */
export interface FileState {
  readonly path: string;
  readonly state: FileStateName;
  readonly reason?: string;
  /** Why it is quarantined, in parts. */
  readonly quarantine?: {
    readonly code: string;
    readonly message: string;
    readonly line: number | null;
    readonly column: number | null;
  };
  readonly dotBlob: Blob | null;
  readonly gitlabBlob: Blob | null;
  /** When Dot's copy last changed, or the file was quarantined. */
  readonly at: Date | null;
}
