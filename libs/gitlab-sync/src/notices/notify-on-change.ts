import { Injectable, type OnModuleInit } from '@nestjs/common';
import { GitLabSyncBus } from '../events/gitlab-sync.bus';
import { NoticeStates } from './notice-states.port';
import { Notifier } from './notifier.port';

/** Calls the notifier when the state of an org's sync changes, and not while it stays the same. */
@Injectable()
export class NotifyOnChange implements OnModuleInit {
  constructor(
    private readonly bus: GitLabSyncBus,
    private readonly states: NoticeStates,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.bus.on('sync.failed.v1', async ({ org, code, runId, retrying }) => {
      if (!retrying && (await this.states.change(org, true)))
        await this.notifier.notify({ kind: 'needs_person', org, code, runId });
    });
    this.bus.on('sync.finished.v1', async ({ org, runId }) => {
      if (await this.states.change(org, false))
        await this.notifier.notify({ kind: 'works_again', org, runId });
    });
    this.bus.on('connection.expiring.v1', ({ org, expiresAt, days }) =>
      this.notifier.notify({ kind: 'token_expires', org, expiresAt, days }),
    );
  }
}
