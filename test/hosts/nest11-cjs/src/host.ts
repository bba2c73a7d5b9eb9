import 'reflect-metadata';
import { BullModule } from '@nestjs/bull';
import { Module, ValidationPipe, type INestApplication } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GitLabSyncModule } from '@dot/gitlab-sync';
import { HostCallers, HostFilter, HostGuard, Public } from './access.js';
import { MailProcessor, Note, NotesController } from './notes.js';
import type { HostSettings } from './settings.js';

/** The host of Nest 11 in CommonJS: mounts everything below its own prefix, and gives its own guard to our routes. */
export async function createHost(settings: HostSettings): Promise<INestApplication> {
  const { ownerUrl, redisUrl, publicUrl, keys } = settings;

  @Module({
    imports: [
      TypeOrmModule.forRoot({ type: 'postgres', url: ownerUrl, entities: [Note], synchronize: true }),
      TypeOrmModule.forFeature([Note]),
      BullModule.forRoot({ url: redisUrl }),
      BullModule.registerQueue({ name: 'mail' }),
      GitLabSyncModule.forRoot({
        database: { url: ownerUrl },
        wakeQueue: { url: redisUrl },
        publicUrl: `${publicUrl}/backend`,
        webhookPath: 'hooks/webhooks/gitlab',
        keys,
        gitlab: { allowPrivate: ['127.0.0.1'] },
        sync: { pollSeconds: 0 },
        callerSource: HostCallers,
        http: { path: 'sync', webhooks: { path: 'hooks', decorators: [Public()] } },
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
  app.setGlobalPrefix('backend');
  await app.listen(Number(new URL(publicUrl).port), '127.0.0.1');
  return app;
}

/** Its queue has the default prefix. */
export const queuePrefix = (_: HostSettings): string | null => null;

/** The paths of our API and of this host's own routes. */
export const PATHS = { api: '/backend/sync', own: '/backend/notes' };
