import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { Notices, type Stop } from '../src/application/ports/notices.port';
import type { WaitingNotice } from '../src/domain/compose';
import type { Notice } from '../src/domain/notice';

interface Row extends WaitingNotice {
  readonly dueAt: Date;
}

export class InMemoryNotices extends Notices {
  private readonly rows: InMemoryTable<Row>;
  private readonly stops: InMemoryTable<{ readonly org: OrgId; readonly stop: Stop }>;
  private last = 0;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('notices');
    this.stops = tables.table('notice_states');
  }

  async add(notice: Notice, at: Date): Promise<void> {
    await this.tables.run(() => {
      const position = String(++this.last);
      this.rows.set(position, { position, at, dueAt: at, notice });
    });
  }

  beginStop(org: OrgId, stop: Stop): Promise<boolean> {
    return this.tables.run(() => {
      const known = this.stops.get(org)?.stop;
      if (known?.code === stop.code) return false;
      this.stops.set(org, { org, stop: { ...stop, since: known?.since ?? stop.since } });
      return true;
    });
  }

  endStop(org: OrgId): Promise<Stop | null> {
    return this.tables.run(() => {
      const stop = this.stops.get(org)?.stop ?? null;
      this.stops.delete(org);
      return stop;
    });
  }

  async stopsAfter(org: OrgId | null, limit: number): Promise<{ org: OrgId; stop: Stop }[]> {
    return this.stops
      .values()
      .filter((row) => row.org > (org ?? ''))
      .sort((one, other) => (one.org < other.org ? -1 : 1))
      .slice(0, limit);
  }

  async dueOrgs(now: Date, limit: number): Promise<OrgId[]> {
    const due = this.rows
      .values()
      .filter(({ dueAt }) => dueAt <= now)
      .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
    return [...new Set(due.map(({ notice }) => notice.org))].slice(0, limit);
  }

  async lock(org: OrgId): Promise<WaitingNotice[]> {
    return this.of(org).map(({ position, at, notice }) => ({ position, at, notice }));
  }

  async remove(_: OrgId, positions: readonly string[]): Promise<void> {
    await this.tables.run(() => {
      for (const position of positions) this.rows.delete(position);
    });
  }

  async postpone(org: OrgId, until: Date): Promise<void> {
    await this.tables.run(() => {
      for (const row of this.of(org)) this.rows.set(row.position, { ...row, dueAt: until });
    });
  }

  private of(org: OrgId): Row[] {
    return this.rows.values().filter(({ notice }) => notice.org === org);
  }
}
