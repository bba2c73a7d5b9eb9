import { Module } from '@nestjs/common';
import { CallerSource, GitLabSyncModule, type Caller } from '@dot/gitlab-sync';

/** Says who calls, from what your own authentication found. */
class Callers extends CallerSource {
  override callerOf(): Caller | null {
    return null; // answered with 401
  }
}

@Module({
  imports: [
    GitLabSyncModule.forRoot({
      database: { url: 'postgres://dot@db/dot' }, // or { dataSource }; our tables are in the schema gitlab_sync
      wakeQueue: { url: 'redis://queue' }, // optional: without it the work stays in this process
      keys: '2026-01:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
      publicUrl: 'https://dot.example.com',
      callerSource: Callers,
    }),
  ],
})
export class YourBackend {}
