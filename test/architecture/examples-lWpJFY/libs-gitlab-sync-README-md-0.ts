import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CallerSource, GitLabSyncModule, orgId, type Caller } from '@dot/gitlab-sync';
import type { Request } from 'express';

const { DATABASE_URL = '', SECRETS_KEYS = '', PUBLIC_URL = 'http://127.0.0.1:3000' } = process.env;

/** Says who calls, from what your own authentication found. Null is answered with 401. */
@Injectable()
class Callers extends CallerSource {
  override callerOf(request: Request & { user?: { id: string; org: string; name: string } }): Caller | null {
    const { user } = request;
    if (!user) return null;
    return {
      subject: user.id,
      role: 'admin',
      org: orgId(user.org),
      author: { name: user.name, email: `${user.id}@example.com` },
      address: request.ip ?? '-',
    };
  }
}

@Module({
  imports: [
    GitLabSyncModule.forRoot({
      database: { url: DATABASE_URL },
      keys: SECRETS_KEYS, // id:key, with a key from `openssl rand -base64 32`
      publicUrl: PUBLIC_URL, // where GitLab reaches this service
      callerSource: Callers,
      http: { path: 'api/v1' },
    }),
  ],
})
class AppModule {}

const { port } = new URL(PUBLIC_URL);
NestFactory.create(AppModule)
  .then((app) => app.listen(Number(port)))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
