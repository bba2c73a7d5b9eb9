import type { Reason } from './contract';

/** Checks if an admin may send the file anyway. */
export const mayBeSent = ({ code }: Reason): boolean => code === 'credential' || code === 'hidden_control';

/** Checks if the reason holds back a file of Dot of which GitLab has no newer text. */
export const isDots = (reason: Reason): boolean =>
  mayBeSent(reason) || ['lfs_tracked', 'path_not_allowed', 'ping_pong'].includes(reason.code);

/** Removes the full stop of a sentence, so that text can follow it. */
export const bare = (sentence: string): string => sentence.trim().replace(/[.\s]+$/, '');
