import 'reflect-metadata';
import { BullModule } from '@nestjs/bull';
import { Injectable, Module, ValidationPipe, VersioningType, type INestApplication } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GitLabSyncModule, type GitLabSyncOptions } from '@dot/gitlab-sync';
import { HostCallers, HostFilter, HostGuard, Public } from './access.js';
import { MailProcessor, Note, NotesController } from './notes.js';
import type { HostSettings } from './settings.js';

/** The host of Nest 12 in ES modules: versions its routes, and reads its options from a provider of its own. */
export async function createHost(settings: HostSettings): Promise<INestApplication> {
  const { ownerUrl, redisUrl, publicUrl } = settings;

  @Injectable()
  class HostConfig {
    gitLabSync(): GitLabSyncOptions {
      return {
        database: { url: ownerUrl },
        wakeQueue: { url: redisUrl, prefix: queuePrefix(settings) },
        publicUrl,
        webhookPath: 'webhooks/gitlab',
        keys: settings.keys,
        gitlab: { allowPrivate: ['127.0.0.1'] },
        sync: { pollSeconds: 0 },
      };
    }
  }

  @Module({ providers: [HostConfig], exports: [HostConfig] })
  class ConfigModule {}

  @Module({
    imports: [
      TypeOrmModule.forRoot({ type: 'postgres', url: ownerUrl, entities: [Note], synchronize: true }),
      TypeOrmModule.forFeature([Note]),
      BullModule.forRoot({ url: redisUrl }),
      BullModule.registerQueue({ name: 'mail' }),
      GitLabSyncModule.forRootAsync({
        isGlobal: true,
        imports: [ConfigModule],
        inject: [HostConfig],
        useFactory: (config: HostConfig) => config.gitLabSync(),
        callerSource: { provide: 'callers of the host', useFactory: () => new HostCallers() },
        http: { path: 'api/v1', webhooks: { decorators: [Public()] } },
      }),
    ],
    controllers: [NotesController],
    providers: [
      MailProcessor,
      { provide: APP_GUARD, useClass: HostGuard },
      { provide: APP_FILTER, useClass: HostFilter },
      { provide: APP_PIPE, useValue: new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }) },
    ],
  })
  class HostModule {}

  const app = await NestFactory.create(HostModule, { logger: ['error'], abortOnError: false });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '7' });
  await app.listen(Number(new URL(publicUrl).port), '127.0.0.1');
  return app;
}

/** Names the keys of our queue after the host's database. */
export const queuePrefix = ({ ownerUrl }: HostSettings): string =>
  `${new URL(ownerUrl).pathname.slice(1)}:gitlab-sync`;

/** The paths of our API and of this host's own routes. */
export const PATHS = { api: '/api/v1', own: '/notes' };
