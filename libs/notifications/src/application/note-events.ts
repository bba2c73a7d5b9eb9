import { Injectable } from '@nestjs/common';
import { Clock, EventStore, type DomainEvent } from '@app/kernel';
import { Notices } from './ports/notices.port';
import { noticesOf } from './notice-of';

/** After these events nothing is stopped any more, though nothing works again. */
const ENDS: readonly string[] = ['connection.removed.v1', 'target.removed.v1'];

/** Decides notices in the transaction of the change that they report: neither is stored without the other. */
@Injectable()
export class NoteEvents extends EventStore {
  constructor(
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {
    super();
  }

  async add(event: DomainEvent): Promise<void> {
    const now = this.clock.now();
    if (ENDS.includes(event.name)) await this.notices.endStop(event.org);
    for (const notice of noticesOf(event)) {
      const { org } = notice;
      const known =
        notice.kind === 'needs_person' &&
        !(await this.notices.beginStop(org, { code: notice.code, since: now }));
      if (!known) await this.notices.add(notice, now);
    }
  }
}
