import { Module, type DynamicModule } from '@nestjs/common';
import { GitLabConnector } from './gitlab-connector.port';
import { HttpGitLabConnector } from './http/http-gitlab-connector';
import type { GitLabHttpSettings } from './http/settings';

export interface GitLabModuleSettings extends GitLabHttpSettings {
  /** Replaces the HTTP adapter, e.g. by the fake in tests. */
  readonly connector?: GitLabConnector;
}

@Module({})
export class GitLabModule {
  static forRoot({ connector, ...settings }: GitLabModuleSettings = {}): DynamicModule {
    return {
      module: GitLabModule,
      global: true,
      providers: [
        { provide: GitLabConnector, useFactory: () => connector ?? new HttpGitLabConnector(settings) },
      ],
      exports: [GitLabConnector],
    };
  }
}
