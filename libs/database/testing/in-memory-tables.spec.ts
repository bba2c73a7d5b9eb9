import { InMemoryTables } from './in-memory-tables';

interface Row {
  readonly id: string;
  readonly n: number;
}

describe('InMemoryTables', () => {
  let tables: InMemoryTables;
  const rows = () => tables.table<Row>('rows');
  beforeEach(() => {
    tables = new InMemoryTables();
  });

  it('keeps what a transaction wrote', async () => {
    await tables.run(() => rows().set('a', { id: 'a', n: 1 }));
    expect(rows().values()).toEqual([{ id: 'a', n: 1 }]);
  });

  it('forgets what a failed transaction wrote, deleted and meant to do afterwards', async () => {
    await tables.run(() => rows().set('a', { id: 'a', n: 1 }));
    const effects: string[] = [];
    const failed = tables.run(async () => {
      rows().delete('a');
      rows().set('b', { id: 'b', n: 2 });
      tables.afterCommit(() => effects.push('done'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(rows().values()).toEqual([{ id: 'a', n: 1 }]);
    expect(effects).toEqual([]);
  });

  it('shows a transaction its own writes, and hides them from others until the commit', async () => {
    let proceed: () => void = () => undefined;
    const looked = new Promise<void>((resolve) => (proceed = resolve));
    const writing = tables.run(async () => {
      rows().set('a', { id: 'a', n: 1 });
      const seenInside = [rows().get('a'), ...rows().values()];
      await looked;
      return seenInside;
    });
    await Promise.resolve();
    const seenOutside = rows().values();
    proceed();
    expect(await writing).toEqual([
      { id: 'a', n: 1 },
      { id: 'a', n: 1 },
    ]);
    expect(seenOutside).toEqual([]);
    expect(rows().has('a')).toBe(true);
  });

  it('runs transactions one after the other, so that none is lost', async () => {
    await tables.run(() => rows().set('a', { id: 'a', n: 0 }));
    const increment = () =>
      tables.run(async () => {
        const row = rows().get('a')!;
        await Promise.resolve();
        rows().set('a', { ...row, n: row.n + 1 });
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(rows().get('a')).toEqual({ id: 'a', n: 20 });
  });

  it('joins a transaction that is open, and rolls the whole of it back', async () => {
    const failed = tables.run(async () => {
      await tables.run(() => rows().set('a', { id: 'a', n: 1 }));
      throw new Error('outer');
    });
    await expect(failed).rejects.toThrow('outer');
    expect(rows().values()).toEqual([]);
  });

  it('runs effects once committed, and immediately if no transaction is open', async () => {
    const order: string[] = [];
    await tables.run(async () => {
      tables.afterCommit(() => order.push(`effect sees ${rows().values().length}`));
      rows().set('a', { id: 'a', n: 1 });
      order.push('work');
    });
    tables.afterCommit(() => order.push('at once'));
    expect(order).toEqual(['work', 'effect sees 1', 'at once']);
  });

  it('refuses writes outside of a transaction, also from what a finished one left running', async () => {
    expect(() => rows().set('a', { id: 'a', n: 1 })).toThrow('inside run()');
    let late: () => void = () => undefined;
    const left = tables.run(async () => {
      const released = new Promise<void>((resolve) => (late = resolve));
      return { write: released.then(() => rows().set('a', { id: 'a', n: 1 })) };
    });
    const { write } = await left;
    late();
    await expect(write).rejects.toThrow('inside run()');
  });

  it('keeps the rows and transactions of two instances apart, also one inside the other', async () => {
    const others = new InMemoryTables();
    const otherRows = others.table<Row>('rows');
    const failed = others.run(async () => {
      await tables.run(() => rows().set('a', { id: 'a', n: 1 }));
      await tables.run(() => otherRows.set('b', { id: 'b', n: 1 }));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(rows().values()).toEqual([{ id: 'a', n: 1 }]);
    expect(otherRows.values()).toEqual([]);
  });
});
