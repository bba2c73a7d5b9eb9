import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { contextStoreRows, TypeOrmContextStore } from '@app/context-store/testing';
import { Database, dataSourceOn, pgSettings, Sql } from '@app/database';
import type { OrgId } from '@app/kernel';
import type { SampleFiles } from './sample-files';

/** Writes into Dot as the service does, without its limits for one request. */
export class Texts {
  private constructor(
    private readonly source: DataSource,
    private readonly store: TypeOrmContextStore,
  ) {}

  static async open(url: string): Promise<Texts> {
    const sql = new Sql(pgSettings({ url }));
    const source = await new DataSource({ ...dataSourceOn(sql), entities: contextStoreRows }).initialize();
    return new Texts(source, new TypeOrmContextStore(new Database(sql, source)));
  }

  /** One change made by a user. */
  async change(org: OrgId, files: SampleFiles): Promise<void> {
    await this.store.commit(org, {
      id: randomUUID(),
      author: { name: 'Ada', email: 'ada@example.com' },
      message: `Edit ${Object.keys(files).length} files`,
      origin: 'user',
      at: new Date(),
      edits: Object.entries(files).map(([path, text]) => ({ op: 'put', path, content: Buffer.from(text) })),
    });
  }

  async count(org: OrgId): Promise<number> {
    return (await this.store.usage(org)).files;
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}
