import { Injectable } from '@nestjs/common';
import { Clock, readAll, Transactions, type OrgId } from '@app/kernel';
import { SyncEngineService, type SyncRest } from '@app/sync-engine';
import { Notices, type Stop } from './ports/notices.port';

/** Finds the orgs whose sync works again after a stop. */
@Injectable()
export class DetectRecoveries {
  constructor(
    private readonly notices: Notices,
    private readonly sync: SyncEngineService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async execute(stopping?: AbortSignal): Promise<void> {
    const stops = readAll<{ org: OrgId; stop: Stop }>((last, limit) =>
      this.notices.stopsAfter(last?.org ?? null, limit),
    );
    for await (const { org, stop } of stops) {
      if (stopping?.aborted) return;
      const rest = await this.sync.restOf(org);
      if (hasRecovered(stop, rest)) await this.tell(org, rest);
    }
  }

  private async tell(org: OrgId, { lastRunId, lastSyncedAt }: SyncRest): Promise<void> {
    await this.transactions.run(async () => {
      const stop = await this.notices.endStop(org);
      if (!stop) return;
      const resumedAt = (lastSyncedAt ?? this.clock.now()).toISOString();
      const times = { stoppedAt: stop.since.toISOString(), resumedAt };
      const notice = { kind: 'works_again', org, runId: lastRunId ?? '', code: stop.code, ...times } as const;
      await this.notices.add(notice, this.clock.now());
    });
  }
}

/** Pulls may work while pushes are stopped: only a sync at rest without trouble works again. */
const hasRecovered = ({ since }: Stop, { busy, troubled, lastSyncedAt }: SyncRest): boolean =>
  !busy && !troubled && lastSyncedAt !== null && lastSyncedAt > since;
