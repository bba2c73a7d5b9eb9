import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import type { Provided } from '@app/kernel';
import { GitLabConnector } from './gitlab-connector.port';
import { HttpGitLabConnector } from './http/http-gitlab-connector';
import type { GitLabHttpSettings } from './http/settings';

/** The settings of the calls to GitLab. */
export interface GitLabModuleSettings extends GitLabHttpSettings {
  /** Replaces the HTTP adapter, e.g. by the fake in tests. @internal */
  readonly connector?: GitLabConnector;
}

const SETTINGS = Symbol('settings of the calls to GitLab');

@Module({})
export class GitLabModule {
  static forRoot(
    settings: Provided<GitLabModuleSettings>,
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    return {
      module: GitLabModule,
      imports,
      providers: [
        { ...settings, provide: SETTINGS },
        {
          provide: GitLabConnector,
          inject: [SETTINGS],
          useFactory: ({ connector, ...http }: GitLabModuleSettings) =>
            connector ?? new HttpGitLabConnector(http),
        },
      ],
      exports: [GitLabConnector],
    };
  }
}
