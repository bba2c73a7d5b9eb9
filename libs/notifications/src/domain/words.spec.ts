import { orgId } from '@app/kernel';
import type { Message } from './message';
import type { Notice } from './notice';
import { linesOf, wordsOf } from './words';

const org = orgId('acme');
const LINK = 'https://dot.example.com/panel';
const message = (notice: Notice, others = {}): Message => ({
  ...{ id: 'm1', org, at: new Date('2026-01-01T12:00:00Z') },
  content: { notice, others },
});
const at = (time: string) => `2026-01-01T${time}:00.000Z`;
const works = (stopped: string, resumed: string): Notice => ({
  ...{ kind: 'works_again', org, runId: 'r1', code: 'token_rejected' },
  ...{ stoppedAt: stopped, resumedAt: resumed },
});

it.each<[Notice, string, string[]]>([
  [
    {
      ...{ kind: 'needs_person', org, code: 'token_rejected', runId: 'r1' },
      detail: 'GitLab rejected the token. Replace it.',
    },
    'GitLab sync of acme needs a person',
    ['GitLab rejected the token. Replace it.'],
  ],
  [
    works(at('12:00'), at('12:20')),
    'GitLab sync of acme works again',
    ['It had stopped for 20 minutes (token_rejected).'],
  ],
  [
    works(at('12:00'), at('15:10')),
    'GitLab sync of acme works again',
    ['It had stopped for 3 hours (token_rejected).'],
  ],
  [
    works('2025-12-28T12:00:00.000Z', at('12:00')),
    'GitLab sync of acme works again',
    ['It had stopped for 4 days (token_rejected).'],
  ],
  [
    { kind: 'token_expires', org, expiresAt: '2026-02-01T00:00:00.000Z', days: 1 },
    'GitLab token of acme expires in 1 day',
    ['It expires on 2026-02-01. Replace it before then, or the sync stops.'],
  ],
  [
    { kind: 'conflicts_kept', org, files: 3, paths: ['notes/a.md', 'notes/b.md'] },
    'Both sides changed 3 files of acme',
    [
      'The later version stands. The other is kept and can be restored:',
      'notes/a.md',
      'notes/b.md',
      'and 1 more',
    ],
  ],
  [
    {
      ...{ kind: 'files_kept_out', org, files: 1 },
      list: [{ path: 'notes/a\u202E.md', reason: 'too_big', detail: 'it is too big' }],
    },
    'GitLab sync of acme keeps 1 file out',
    ['notes/a\\u{202E}.md: it is too big', 'Everything else goes on, and the last good version stays.'],
  ],
  [
    { kind: 'files_let_in', org, files: 1, paths: ['notes/a.md'] },
    'GitLab sync of acme no longer keeps 1 file out',
    ['notes/a.md'],
  ],
  [
    {
      ...{ kind: 'review_waits', org, title: 'Changes from Dot', changes: 2 },
      url: 'https://gitlab.com/a/b/-/merge_requests/1',
    },
    'A merge request of acme waits for review',
    ['2 changes: Changes from Dot', 'https://gitlab.com/a/b/-/merge_requests/1'],
  ],
])('a message says what happened and what to do: %j', (notice, title, lines) => {
  const words = wordsOf(message(notice), LINK);
  expect(words.title).toBe(title);
  expect(linesOf(words)).toEqual([...lines, LINK]);
});

it('a message counts the other notices', () => {
  const notice: Notice = { kind: 'files_let_in', org, files: 1, paths: ['a'] };
  const words = wordsOf(message(notice, { needs_person: 1, token_expires: 2 }), LINK);
  expect(linesOf(words)).toContain('Also since the last message: 1 × needs a person, 2 × token expires.');
});
