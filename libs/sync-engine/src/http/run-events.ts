import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { Observable, Subject, takeUntil } from 'rxjs';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '../application/sync-engine.service';
import { isOver } from '../domain/run';
import { RunView } from './sync.dto';

/** A run as Server-Sent Events. Open streams end when the process stops. */
@Injectable()
export class RunEvents implements OnModuleDestroy {
  private readonly stopping = new Subject<void>();

  constructor(private readonly sync: SyncEngineService) {}

  onModuleDestroy(): void {
    this.stopping.next();
  }

  /** @throws RunNotFound before the stream begins */
  async of(org: OrgId, id: string): Promise<Observable<MessageEvent>> {
    await this.sync.run(org, id);
    return new Observable<MessageEvent>((subscriber) => {
      const gone = new AbortController();
      const follow = async () => {
        for await (const run of this.sync.watch(org, id, gone.signal)) {
          if (isOver(run)) subscriber.next({ type: 'finished', data: RunView.of(run) });
          else subscriber.next({ type: 'progress', data: RunView.of(run) });
        }
        subscriber.complete();
      };
      follow().catch((error: unknown) => subscriber.error(error));
      return () => gone.abort();
    }).pipe(takeUntil(this.stopping));
  }
}
