import { orgId } from '@app/kernel';
import { globalRunner, type ContractRunner } from '@app/kernel/testing';
import type { Notice, Notifier } from '../src/notices/notifier.port';

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
    { kind: 'needs_person', org, code: 'token_rejected', runId: 'run-1' },
    { kind: 'works_again', org, runId: 'run-2' },
    { kind: 'token_expires', org, expiresAt: '2026-03-01T00:00:00.000Z', days: 7 },
  ];

  describe('notifier contract', () => {
    for (const notice of notices)
      it(`sends one message for a notice of the kind ${notice.kind}`, async () => {
        const { notifier, sent } = await makeNotifier();
        await notifier.notify(notice);
        expect(await sent()).toBe(1);
      });
  });
}
