import { InMemoryTables } from '@app/database/testing';
import { EventBus, orgId } from '@app/kernel';
import { InMemoryNoticeStates } from '../../testing/in-memory-notice-states';
import { GitLabSyncBus } from '../events/gitlab-sync.bus';
import type { GitLabSyncEvent } from '../events/gitlab-sync.events';
import { Notifier, type Notice } from './notifier.port';
import { NotifyOnChange } from './notify-on-change';

class KeptNotices extends Notifier {
  readonly all: Notice[] = [];

  notify(notice: Notice): void {
    this.all.push(notice);
  }
}

it('A notifier is called when the state changes, and not while it stays the same', async () => {
  const [events, notifier, org] = [new EventBus(), new KeptNotices(), orgId('acme')];
  const states = new InMemoryNoticeStates(new InMemoryTables());
  new NotifyOnChange(new GitLabSyncBus(events), states, notifier).onModuleInit();
  const failed = (runId: string, retrying: boolean) =>
    ({
      name: 'sync.failed.v1',
      org,
      runId,
      kind: 'push',
      code: 'token_rejected',
      retrying,
    }) as GitLabSyncEvent;
  const finished = (runId: string) => ({ name: 'sync.finished.v1', org, runId }) as GitLabSyncEvent;
  const expiring = { name: 'connection.expiring.v1', org, expiresAt: '2026-02-01T00:00:00.000Z', days: 7 };
  for (const event of [
    finished('r0'),
    failed('r1', true),
    failed('r2', false),
    failed('r3', false),
    finished('r4'),
    finished('r5'),
    expiring as GitLabSyncEvent,
  ]) {
    events.publish(event);
    await events.settled();
  }
  expect(notifier.all).toEqual([
    { kind: 'needs_person', org, code: 'token_rejected', runId: 'r2' },
    { kind: 'works_again', org, runId: 'r4' },
    { kind: 'token_expires', org, expiresAt: '2026-02-01T00:00:00.000Z', days: 7 },
  ]);
});
