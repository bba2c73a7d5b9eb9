import 'reflect-metadata';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ContextStore, GitLabSyncModule } from '@dot/gitlab-sync';
import { InMemoryContextStore, InMemoryTables } from '@dot/gitlab-sync/testing';
import { Caller, hostSettings, query } from './support.js';

const store = { provide: ContextStore, useFactory: () => new InMemoryContextStore(new InMemoryTables()) };

describe('a host that registers nothing but the module, with a context store of its own', () => {
  let settings: Awaited<ReturnType<typeof hostSettings>>;
  let app: INestApplication | undefined;

  before(async () => {
    settings = await hostSettings();
    const { ownerUrl, keys, publicUrl } = settings;

    @Module({
      imports: [
        GitLabSyncModule.forRoot({ database: { url: ownerUrl }, keys, publicUrl, contextStore: store }),
      ],
    })
    class BareModule {}

    app = await NestFactory.create(BareModule, { logger: ['error'], abortOnError: false });
    await app.listen(Number(new URL(publicUrl).port), '127.0.0.1');
  });
  after(async () => {
    await app?.close();
    await settings.drop();
  });

  it('answers 401 on every route, with and without credentials', async () => {
    const { paths } = SwaggerModule.createDocument(app!, new DocumentBuilder().build());
    const callers = ['Bearer anything', null].map((header) => new Caller(settings.publicUrl, header));
    const routes = Object.entries(paths).filter(([path]) => path.includes('{org}'));
    assert.ok(routes.length > 25, `${routes.length} paths`);
    for (const [path, methods] of routes)
      for (const method of Object.keys(methods))
        for (const caller of callers) {
          const { status, body } = await caller.call(method.toUpperCase(), path.replace(/\{\w+\}/g, '1'));
          assert.deepEqual([method, path, status, body['code']], [method, path, 401, 'unauthenticated']);
        }
  });

  it('has no tables for context files', async () => {
    const tables = await query(
      settings.ownerUrl,
      `SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public', 'gitlab_sync')`,
    );
    const names = tables.map((table) => String(table['table_name']));
    assert.ok(
      names.some((name) => name.startsWith('sync_')),
      names.join(),
    );
    assert.deepEqual(
      names.filter((name) => name.startsWith('context_')),
      [],
    );
  });
});
