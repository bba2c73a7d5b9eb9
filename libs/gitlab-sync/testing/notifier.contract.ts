import { orgId } from '@app/kernel';
import { globalRunner, type ContractRunner } from '@app/kernel/testing';
import type { Notice, Notifier } from '@app/notifications';

export interface NotifierSubject {
  readonly notifier: Notifier;
  /** Returns how many messages went out since the last call. */
  sent(): number | Promise<number>;
}

/** Describes what every notifier must do. */
export function notifierContract(
  makeNotifier: () => NotifierSubject | Promise<NotifierSubject>,
  runner: ContractRunner = globalRunner(),
): void {
  const { describe, it, expect } = runner;
  const org = orgId('acme');
  const notices: Notice[] = [
    {
      ...{ kind: 'needs_person', org, code: 'token_rejected', runId: 'run-1' },
      detail: 'GitLab rejected the token. Replace it.',
    },
    {
      ...{ kind: 'works_again', org, runId: 'run-2', code: 'token_rejected' },
      ...{ stoppedAt: '2026-02-01T00:00:00.000Z', resumedAt: '2026-02-01T03:00:00.000Z' },
    },
    { kind: 'token_expires', org, expiresAt: '2026-03-01T00:00:00.000Z', days: 7 },
    { kind: 'conflicts_kept', org, files: 1, paths: ['notes/a.md'] },
    {
      ...{ kind: 'files_kept_out', org, files: 1 },
      list: [{ path: 'notes/a.md', reason: 'too_big', detail: 'it is too big' }],
    },
    { kind: 'files_let_in', org, files: 1, paths: ['notes/a.md'] },
    {
      ...{ kind: 'review_waits', org, title: 'Changes from Dot', changes: 3 },
      url: 'https://gitlab.com/ada/context/-/merge_requests/1',
    },
  ];

  describe('notifier contract', () => {
    for (const notice of notices)
      it(`sends one message for a notice of the kind ${notice.kind}`, async () => {
        const { notifier, sent } = await makeNotifier();
        await notifier.notify(notice, `message-${notice.kind}`);
        expect(await sent()).toBe(1);
      });
  });
}
