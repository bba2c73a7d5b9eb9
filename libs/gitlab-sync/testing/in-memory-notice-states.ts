import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { NoticeStates } from '../src/notices/notice-states.port';

export class InMemoryNoticeStates extends NoticeStates {
  private readonly waiting: InMemoryTable<OrgId>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.waiting = tables.table('notice_states');
  }

  change(org: OrgId, needsPerson: boolean): Promise<boolean> {
    return this.tables.run(() => {
      const waited = this.waiting.get(org) !== undefined;
      if (needsPerson) this.waiting.set(org, org);
      else this.waiting.delete(org);
      return waited !== needsPerson;
    });
  }
}
