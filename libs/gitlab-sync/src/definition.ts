import { ConfigurableModuleBuilder } from '@nestjs/common';
import { composed } from './composition';
import type { GitLabSyncExtras } from './extras';
import type { GitLabSyncOptions } from './options';
import { OPTIONS } from './ports.module';

const EXTRAS: GitLabSyncExtras = {
  isGlobal: false,
  http: {},
  role: 'all',
  callerSource: undefined,
  contextStore: undefined,
  keySource: undefined,
  notifier: undefined,
  clock: undefined,
  imports: undefined,
};

/** Nest's own `forRoot` and `forRootAsync`, which take the extras beside the options. */
export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<GitLabSyncOptions>({
  optionsInjectionToken: OPTIONS,
})
  .setClassMethodName('forRoot')
  .setExtras<GitLabSyncExtras>(EXTRAS, composed)
  .build();
