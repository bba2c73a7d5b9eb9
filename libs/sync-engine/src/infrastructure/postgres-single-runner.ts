import { Injectable } from '@nestjs/common';
import { Database, type TenantSql } from '@app/database';
import { Clock } from '@app/kernel';
import { SingleRunner } from '../application/ports/single-runner.port';

/** Any numbers, the same in every process of every version. */
const [WAITING, AT_WORK] = [4_715_020_314, 4_715_020_315];
const LOOK_AGAIN_MS = 250;

/** Holds two advisory locks in one session: if the process dies, its place is free immediately. */
@Injectable()
export class PostgresSingleRunner extends SingleRunner {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async runExclusively(work: () => Promise<void>, stopping: AbortSignal): Promise<'done' | 'left'> {
    return this.db.session(async (session) => {
      if (!(await this.processOrg(session, stopping))) return 'left';
      await work().finally(() => give(session, AT_WORK));
      return 'done';
    });
  }

  private async processOrg(session: TenantSql, stopping: AbortSignal): Promise<boolean> {
    if (!(await took(session, WAITING))) return false;
    try {
      while (!stopping.aborted) {
        if (await took(session, AT_WORK)) return true;
        await this.clock.sleep(LOOK_AGAIN_MS, stopping);
      }
      return false;
    } finally {
      await give(session, WAITING);
    }
  }
}

async function took(session: TenantSql, lock: number): Promise<boolean> {
  const [{ taken }] = await session.query<[{ taken: boolean }]>('SELECT pg_try_advisory_lock($1) AS taken', [
    lock,
  ]);
  return taken;
}

async function give(session: TenantSql, lock: number): Promise<void> {
  await session.query('SELECT pg_advisory_unlock($1)', [lock]);
}
