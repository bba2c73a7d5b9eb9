import { inert, inertLines } from '@app/kernel';

const LONGEST_TITLE = 255;
/** GitLab counts bytes here. */
export const LARGEST_DESCRIPTION = 1024 * 1024;

/** Signs that GitLab reads as commands, references or mentions, each with a sign that looks like it and means nothing. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': '＠',
  '#': '＃',
  '!': '！',
  '~': '～',
  '%': '％',
  '&': '＆',
  $: '＄',
  '^': '＾',
  '*': '＊',
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '\\': '＼',
  '`': '｀',
};
const SIGNS = /[@#!~%&$^*[\]<>\\`]/g;
/** `Draft:`, `(Draft)` and `[Draft]` at the start of a title, in any case. */
const DRAFT = /^(?<before>\s*)(?<open>[([]?)(?<word>draft)(?<close>[:)\]])/i;
const FIXUP = /(?<word>fixup|squash|amend)!/gi;
/** An issue of this project, of another one, or of another tracker, by number, key or address. */
const ISSUE = /#(?=\d)|-(?=\d)(?<=\b[A-Z][A-Z0-9_]+-)|:(?=\/\/)|\[(?=(?:issue|work_item|epic):)/g;

/**
 * Makes a user's text fit for the title of a merge request. GitLab finds neither a draft in it nor a mention, a
 * reference or an issue to close (docs/gitlab-api.md#user-text). It has one line and at most 255 characters.
 */
export function inertTitle(text: string): string {
  const line = inert(text.replace(/\s+/g, ' ').trim());
  const plain = withoutDraft(withoutIssues(line)).replace(SIGNS, (sign) => LOOKALIKES[sign]);
  return cut(plain.replace(/^\//, '／'), LONGEST_TITLE) || '…';
}

/**
 * Keeps a commit's message from turning an open merge request into a draft. Changes nothing else: GitLab does not
 * interpret messages.
 */
export function undraftedMessage(message: string): string {
  const [title, ...rest] = message.split('\n');
  return [withoutDraft(title), ...rest].join('\n');
}

/** Returns the text as inline code of a description, on one line: for names of files and people. */
export function inertCode(text: string): string {
  const line = withoutIssues(inert(text.replace(/\s+/g, ' ').trim())) || '…';
  const fence = fenceFor(line, 1);
  return `${fence} ${line} ${fence}`;
}

/**
 * Returns the text as a block of code of a description: for messages. Each line is indented, because old versions of
 * GitLab search for commands at the start of any line.
 */
export function inertBlock(text: string): string {
  const plain = withoutIssues(inertLines(text.replace(/\r\n?/g, '\n')));
  const fence = fenceFor(plain, 3);
  const lines = plain.split('\n').map((line) => ` ${line}`.trimEnd());
  return [`${fence}text`, ...lines, fence].join('\n');
}

/**
 * Joins parts to a description that GitLab accepts: as many whole parts as fit. `rest` says how many more there are.
 */
export function descriptionOf(parts: readonly string[], rest: (left: number) => string): string {
  const room = LARGEST_DESCRIPTION - Buffer.byteLength(`\n\n${rest(parts.length)}`);
  const taken: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(`${part}\n\n`);
    if (bytes > room) return [...taken, rest(parts.length - taken.length)].join('\n\n');
    taken.push(part);
  }
  return taken.join('\n\n');
}

/** GitLab stores a description without carriage returns and trailing white space: compare in this form. */
export function storedDescription(text: string): string {
  return text.replaceAll('\r', '').trimEnd();
}

function withoutDraft(title: string): string {
  return title
    .replace(DRAFT, (_, before: string, open: string, word: string, close: string) =>
      [before, wide(open), word, wide(close)].join(''),
    )
    .replace(FIXUP, (_, word: string) => `${word}！`);
}

/** GitLab searches raw texts for issues to close, code included. */
function withoutIssues(text: string): string {
  return text.replace(ISSUE, (sign) => (sign === '-' ? '‑' : wide(sign)));
}

/** Returns the sign of the same look from the block of wide signs. */
function wide(sign: string): string {
  return sign && String.fromCodePoint(sign.codePointAt(0)! + 0xfee0);
}

function fenceFor(text: string, least: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  return '`'.repeat(Math.max(least, ...runs.map((length) => length + 1)));
}

/** Counts characters, as GitLab does. */
function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
