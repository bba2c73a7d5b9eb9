import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { Clock, iterate, SharedReader, type OrgId } from '@app/kernel';
import { ReadStatus } from './read-status';
import type { StatusView } from './status.view';

const PAUSE_MS = 2_000;
/** Applies while a run shows its progress. */
const PAUSE_OF_A_RUN_MS = 500;

/** Shows how an org's sync stands. */
@Injectable()
export class StatusApi {
  private readonly reader: SharedReader<StatusView>;

  constructor(
    private readonly readStatus: ReadStatus,
    clock: Clock,
  ) {
    this.reader = new SharedReader(clock);
  }

  read(org: OrgId): Promise<StatusView> {
    return this.readStatus.execute(org);
  }

  /** Follows the status: as it is now, and after each change in any process. Fails if a read fails. */
  follow(org: OrgId): Observable<StatusView> {
    return this.reader.follow(org, {
      read: () => this.readStatus.execute(org),
      pauseMs: ({ health }) => (health === 'syncing' ? PAUSE_OF_A_RUN_MS : PAUSE_MS),
    });
  }

  /** Follows the status until `signal` aborts. */
  watch(org: OrgId, signal?: AbortSignal): AsyncIterable<StatusView> {
    return iterate(this.follow(org), signal);
  }
}
