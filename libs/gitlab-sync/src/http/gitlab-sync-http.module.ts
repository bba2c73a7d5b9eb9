import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { AuditController, RecordRefusals } from '@app/audit/http';
import {
  ContextChangesController,
  ContextFilesController,
  ContextHistoryController,
} from '@app/context-store/http';
import { ConnectionController } from '@app/credentials/http';
import { EventStreams, HiddenBodies, mounted, Refusals, STREAM_LIMITS } from '@app/http';
import { Clock } from '@app/kernel';
import { NotificationsController } from '@app/notifications/http';
import { ProjectController, ProjectsController } from '@app/project-config/http';
import {
  ConflictsController,
  FilesController,
  RemoteFileController,
  ProposalsController,
  RequestsController,
  RunsController,
} from '@app/sync-engine/http';
import { GitLabWebhookController, WebhookController } from '@app/webhooks/http';
import type { GitLabSyncHttp } from '../extras';
import type { GitLabSyncOptions } from '../options';
import { OPTIONS } from '../ports.module';
import { FeedController } from './feed.controller';
import { StatusEvents } from './status-events';
import { StatusController } from './status.controller';

const API = [
  StatusController,
  FeedController,
  ConnectionController,
  ProjectsController,
  ProjectController,
  ProposalsController,
  RequestsController,
  RunsController,
  FilesController,
  RemoteFileController,
  ConflictsController,
  WebhookController,
  NotificationsController,
  ContextFilesController,
  ContextChangesController,
  ContextHistoryController,
  AuditController,
];

const refusals = { provide: Refusals, useClass: RecordRefusals };
const streams = {
  provide: EventStreams,
  inject: [Clock, OPTIONS],
  useFactory: (clock: Clock, { eventStreams }: GitLabSyncOptions) =>
    new EventStreams(clock, { ...STREAM_LIMITS, ...eventStreams }),
};

/** All routes of GitLab Sync. */
@Module({})
export class GitLabSyncHttpModule {
  /** `imports` export the parts of the facade and the ports. */
  static forRoot(
    { webhooks, ...api }: GitLabSyncHttp,
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    return {
      module: GitLabSyncHttpModule,
      imports,
      controllers: [
        ...API.map((controller) => mounted(controller, api)),
        mounted(GitLabWebhookController, webhooks),
      ],
      providers: [refusals, streams, StatusEvents, HiddenBodies],
    };
  }
}
