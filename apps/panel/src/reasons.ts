import type { FileState, Reason } from './contract';

/** Why a file is kept out. From a server that has no fields for it, out of the sentence: "code: message". */
export function reasonOf({ quarantine, reason = '' }: FileState): Reason {
  if (quarantine) return quarantine;
  const [, code = '', message = reason] = /^([a-z_]+): ([^]*)$/.exec(reason) ?? [];
  const [, line] = /\bline (\d+)/.exec(message) ?? [];
  const [, column] = /\bcolumn (\d+)/.exec(message) ?? [];
  return { code, message, line: line ? Number(line) : null, column: column ? Number(column) : null };
}

/** Reasons for which an admin may send the file all the same. */
export const mayBeSent = ({ code }: Reason): boolean => code === 'credential' || code === 'hidden_control';

/** Reasons that hold back a file of Dot's, of which GitLab has no newer text. */
export const isDots = (reason: Reason): boolean =>
  mayBeSent(reason) || reason.code === 'ping_pong' || reason.code === 'path_not_allowed';

/** A sentence without its full stop, to go on after it. */
export const bare = (sentence: string): string => sentence.trim().replace(/[.\s]+$/, '');
