import { Injectable, type MessageEvent } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { EventStreams, type Caller } from '@app/http';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '../application/sync-engine.service';
import { isOver, type Run } from '../domain/run';
import { RunView } from './sync.dto';

/** A run as Server-Sent Events. */
@Injectable()
export class RunEvents {
  constructor(
    private readonly sync: SyncEngineService,
    private readonly streams: EventStreams,
  ) {}

  /** Follows the run until `over` aborts. @throws TooManyStreams, or RunNotFound before the stream begins */
  stream(org: OrgId, id: string, caller: Caller, over: AbortSignal): Promise<Observable<MessageEvent>> {
    return this.streams.open(caller, over, async () => {
      await this.sync.run(org, id);
      return this.sync.watch(org, id).pipe(map(eventOf));
    });
  }
}

function eventOf(run: Run): MessageEvent {
  return { type: isOver(run) ? 'finished' : 'progress', data: RunView.from(run) };
}
