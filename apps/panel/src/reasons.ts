import type { FileState, Reason } from './contract';

/** Returns the reason why a file is kept out. Parses "code: message" if the server has no fields for it. */
export function reasonOf({ quarantine, reason = '' }: FileState): Reason {
  if (quarantine) return quarantine;
  const [, code = '', message = reason] = /^([a-z_]+): ([^]*)$/.exec(reason) ?? [];
  const [, line] = /\bline (\d+)/.exec(message) ?? [];
  const [, column] = /\bcolumn (\d+)/.exec(message) ?? [];
  return { code, message, line: line ? Number(line) : null, column: column ? Number(column) : null };
}

/** Checks if an admin may send the file anyway. */
export const mayBeSent = ({ code }: Reason): boolean => code === 'credential' || code === 'hidden_control';

/** Checks if the reason holds back a file of Dot of which GitLab has no newer text. */
export const isDots = (reason: Reason): boolean =>
  mayBeSent(reason) || ['lfs_tracked', 'path_not_allowed', 'ping_pong'].includes(reason.code);

/** Removes the full stop of a sentence, so that text can follow it. */
export const bare = (sentence: string): string => sentence.trim().replace(/[.\s]+$/, '');
