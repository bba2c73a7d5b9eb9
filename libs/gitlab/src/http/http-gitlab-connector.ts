import { SystemClock } from '@app/kernel';
import { Agents, type Resolve } from '@app/outbound';
import { GitLabConnector, type Access, type CallOptions } from '../gitlab-connector.port';
import type { GitLab } from '../gitlab.port';
import { Api } from './api';
import { BasePaths } from './base-paths';
import { HttpGitLab } from './http-gitlab';
import { InstanceCapabilities } from './instance-capabilities';
import { readInstanceUrl, type InstancePlace } from './instance-url';
import type { GitLabHttpSettings } from './settings';
import { HostLimits } from './transport/host-limits';
import { NOBODY } from './transport/observer';
import { RateLimitCooldown } from './transport/rate-limit-cooldown';
import { Transport, type TransportShared } from './transport/transport';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_ANSWER_BYTES = 128 * 1024 * 1024;

/** Opens GitLab over HTTP. All clients share connections, budgets and the known capabilities of instances. */
export class HttpGitLabConnector extends GitLabConnector {
  private readonly shared: TransportShared;
  private readonly memory = new InstanceCapabilities();
  private readonly now: () => Date;
  private readonly basePaths: BasePaths;

  constructor(
    private readonly settings: GitLabHttpSettings = {},
    resolve?: Resolve,
  ) {
    super();
    this.basePaths = new BasePaths(settings.basePaths);
    const clock = settings.clock ?? new SystemClock();
    this.now = () => clock.now();
    this.shared = {
      agents: new Agents(settings, resolve),
      limits: new HostLimits(settings.limiter, clock),
      cooldown: new RateLimitCooldown(this.now),
      timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      maxAnswerBytes: settings.maxAnswerBytes ?? DEFAULT_ANSWER_BYTES,
      observer: settings.observer ?? NOBODY,
    };
  }

  placeOf(typed: string): InstancePlace {
    return readInstanceUrl(typed, this.basePaths);
  }

  open(access: Access, options: CallOptions = {}): GitLab {
    const transport = new Transport(access, this.shared, options);
    return new HttpGitLab(new Api(transport, this.settings.retries ?? {}, this.now), this.memory, options);
  }
}
