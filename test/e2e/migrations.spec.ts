import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { GITLAB_SYNC } from '@app/database';
import { migrations } from '@app/gitlab-sync';
import { GitLabSyncModule } from '@app/gitlab-sync';
import { freshDatabase, type FreshDatabase } from '../support/database';

describe('the migrations', () => {
  let database: FreshDatabase;
  let app: TestingModule;
  let source: DataSource;

  beforeAll(async () => {
    database = await freshDatabase();
    const settings = {
      database: { url: database.url, poolSize: 2 },
      keys: `test:${randomBytes(32).toString('base64')}`,
      publicUrl: 'http://127.0.0.1:3000',
    };
    app = await Test.createTestingModule({ imports: [GitLabSyncModule.forRoot(settings)] }).compile();
    const entities = app
      .get<DataSource>(getDataSourceToken(GITLAB_SYNC))
      .entityMetadatas.map(({ target }) => target);
    source = new DataSource({
      type: 'postgres',
      url: database.ownerUrl,
      schema: GITLAB_SYNC,
      entities,
      migrations: [...migrations],
      extra: { pipeline: true },
    });
    await source.initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await app.close();
    await database.drop();
  });

  const tables = async () => {
    const rows = await source.query<{ table: string }[]>(
      `SELECT table_name AS table FROM information_schema.tables WHERE table_schema = '${GITLAB_SYNC}' ORDER BY 1`,
    );
    return rows.map(({ table }) => table).filter((table) => table !== 'migrations');
  };
  const differences = async () =>
    (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

  it('leave no difference to the entities of all modules', async () => {
    expect(source.entityMetadatas.length).toBeGreaterThan(4);
    expect(await differences()).toEqual([]);
  });

  it('make a table for each entity and no other', async () => {
    expect(await tables()).toEqual(source.entityMetadatas.map(({ tableName }) => tableName).sort());
  });

  it('go all the way down and up again', async () => {
    const before = await tables();
    for (let left = migrations.length; left > 0; left--) await source.undoLastMigration();
    expect(await tables()).toEqual([]);
    expect(await source.runMigrations()).toHaveLength(migrations.length);
    expect(await tables()).toEqual(before);
    expect(await differences()).toEqual([]);
  });
});
