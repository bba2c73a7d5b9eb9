import { Injectable, Logger, type MessageEvent } from '@nestjs/common';
import { catchError, EMPTY, map, type Observable } from 'rxjs';
import { EventStreams } from '@app/http';
import type { Caller, OrgId } from '@app/kernel';
import { StatusApi } from '../status/status.api';
import { ViewerView, type StatusView } from './status.dto';

/** An org's status as Server-Sent Events. */
@Injectable()
export class StatusEvents {
  private readonly logger = new Logger('status');

  constructor(
    private readonly status: StatusApi,
    private readonly streams: EventStreams,
  ) {}

  /** Follows the status until `over` aborts. @throws TooManyStreams, or what the first read throws, before the stream begins */
  of(org: OrgId, caller: Caller, over: AbortSignal): Promise<Observable<MessageEvent>> {
    return this.streams.open(caller, over, async () => {
      await this.status.read(org);
      return this.status.follow(org).pipe(
        map((status): MessageEvent => ({
          type: 'status',
          data: { ...status, viewer: ViewerView.from(caller) } satisfies StatusView,
        })),
        catchError((error: unknown) => this.end(org, error)),
      );
    });
  }

  /** Ends the stream. The client connects again and receives the error. */
  private end(org: OrgId, error: unknown): Observable<never> {
    this.logger.warn({ err: error, org }, 'a stream of the status ended: it could not be read');
    return EMPTY;
  }
}
