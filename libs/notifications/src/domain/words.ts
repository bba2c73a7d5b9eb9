import { inert } from '@app/kernel';
import type { Message, Others } from './message';
import type { Notice, NoticeKind } from './notice';

/** A message in words. Names and paths of people are in lines of their own, as quotes. */
export interface Words {
  readonly title: string;
  readonly lines: readonly Line[];
  /** The page that shows how the sync stands. */
  readonly link: string;
}

export interface Line {
  readonly text: string;
  /** Texts that people wrote: a channel shows them, and obeys nothing in them. */
  readonly quote?: string;
}

const LONGEST = 500;
const MINUTE_MS = 60_000;

/** Says a message for people, without markup. */
export function wordsOf({ org, content }: Message, link: string): Words {
  if (content === 'test')
    return {
      title: `Test of the notifications of ${org}`,
      lines: [{ text: 'Messages about the GitLab sync arrive here.' }],
      link,
    };
  const { title, lines } = told(content.notice);
  return { title, lines: [...lines, ...counted(content.others)], link };
}

function told(notice: Notice): Pick<Words, 'title' | 'lines'> {
  const of = `GitLab sync of ${notice.org}`;
  switch (notice.kind) {
    case 'needs_person':
      return { title: `${of} needs a person`, lines: [quote('', notice.detail)] };
    case 'works_again':
      return {
        title: `${of} works again`,
        lines: [
          { text: `It had stopped for ${duration(notice.stoppedAt, notice.resumedAt)} (${notice.code}).` },
        ],
      };
    case 'token_expires':
      return {
        title: `GitLab token of ${notice.org} expires in ${many(notice.days, 'day')}`,
        lines: [
          {
            text: `It expires on ${notice.expiresAt.slice(0, 10)}. Replace it before then, or the sync stops.`,
          },
        ],
      };
    case 'conflicts_kept':
      return {
        title: `Both sides changed ${many(notice.files, 'file')} of ${notice.org}`,
        lines: [
          { text: 'The later version stands. The other is kept and can be restored:' },
          ...listed(
            notice.paths.map((path) => quote('', path)),
            notice.files,
          ),
        ],
      };
    case 'files_kept_out':
      return {
        title: `${of} keeps ${many(notice.files, 'file')} out`,
        lines: [
          ...listed(
            notice.list.map(({ path, detail }) => quote('', `${path}: ${detail}`)),
            notice.files,
          ),
          { text: 'Everything else goes on, and the last good version stays.' },
        ],
      };
    case 'files_let_in':
      return {
        title: `${of} no longer keeps ${many(notice.files, 'file')} out`,
        lines: listed(
          notice.paths.map((path) => quote('', path)),
          notice.files,
        ),
      };
    case 'review_waits':
      return {
        title: `A merge request of ${notice.org} waits for review`,
        lines: [quote(`${many(notice.changes, 'change')}:`, notice.title), quote('', notice.url)],
      };
  }
}

const NAMES: Readonly<Record<NoticeKind, string>> = {
  needs_person: 'needs a person',
  works_again: 'works again',
  token_expires: 'token expires',
  conflicts_kept: 'conflicts',
  files_kept_out: 'files kept out',
  files_let_in: 'files no longer kept out',
  review_waits: 'waits for review',
};

function counted(others: Others): Line[] {
  const kinds = (Object.keys(NAMES) as NoticeKind[]).filter((kind) => others[kind]);
  if (!kinds.length) return [];
  const text = kinds.map((kind) => `${others[kind]} × ${NAMES[kind]}`).join(', ');
  return [{ text: `Also since the last message: ${text}.` }];
}

function listed(lines: readonly Line[], all: number): Line[] {
  const more = all - lines.length;
  return [...lines, ...(more > 0 ? [{ text: `and ${more} more` }] : [])];
}

const quote = (text: string, quoted: string): Line => ({ text, quote: inert(quoted).slice(0, LONGEST) });

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function duration(from: string, until: string): string {
  const minutes = Math.max(1, Math.round((Date.parse(until) - Date.parse(from)) / MINUTE_MS));
  if (minutes < 60) return many(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? many(hours, 'hour') : many(Math.round(hours / 24), 'day');
}

/** Returns the lines of a plain text, the link last. */
export function linesOf({ lines, link }: Words): string[] {
  return [...lines.map(({ text, quote }) => [text, quote].filter(Boolean).join(' ')), link];
}
