import { Injectable, Logger, type MessageEvent } from '@nestjs/common';
import { catchError, EMPTY, map, type Observable } from 'rxjs';
import { EventStreams, type Caller } from '@app/http';
import { Clock, SharedReader, type OrgId } from '@app/kernel';
import { ReadStatus } from './read-status';
import { ViewerView, type OrgStatus, type StatusView } from './status.dto';

const PAUSE_MS = 2_000;
/** Applies while a run shows its progress. */
const PAUSE_OF_A_RUN_MS = 500;

/** An org's status as Server-Sent Events. */
@Injectable()
export class StatusEvents {
  private readonly logger = new Logger('status');
  private readonly reader: SharedReader<OrgStatus>;

  constructor(
    private readonly readStatus: ReadStatus,
    private readonly streams: EventStreams,
    clock: Clock,
  ) {
    this.reader = new SharedReader(clock);
  }

  /** Follows the status until `over` aborts. @throws TooManyStreams, or what the first read throws, before the stream begins */
  of(org: OrgId, caller: Caller, over: AbortSignal): Promise<Observable<MessageEvent>> {
    return this.streams.open(caller, over, async () => {
      await this.readStatus.execute(org);
      return this.statusesOf(org).pipe(
        map((status): MessageEvent => ({
          type: 'status',
          data: { ...status, viewer: ViewerView.from(caller) } satisfies StatusView,
        })),
        catchError((error: unknown) => this.end(org, error)),
      );
    });
  }

  private statusesOf(org: OrgId): Observable<OrgStatus> {
    return this.reader.follow(org, {
      read: () => this.readStatus.execute(org),
      pauseMs: ({ health }) => (health === 'syncing' ? PAUSE_OF_A_RUN_MS : PAUSE_MS),
    });
  }

  /** Ends the stream. The client connects again and receives the error. */
  private end(org: OrgId, error: unknown): Observable<never> {
    this.logger.warn({ err: error, org }, 'a stream of the status ended: it could not be read');
    return EMPTY;
  }
}
