import { Histogram, type Registry } from 'prom-client';
import type { GitLabObserver } from '@app/gitlab';

/** Measures the calls from this process to GitLab. */
export function gitLabMetrics(registry: Registry): GitLabObserver {
  const durations = new Histogram({
    name: 'gitlab_request_duration_seconds',
    help: 'How long GitLab took to answer, by route; status "none" if no answer came',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.05, 0.2, 0.5, 1, 3, 10, 30],
    registers: [registry],
  });
  const waits = new Histogram({
    name: 'gitlab_wait_seconds',
    help: 'How long requests to GitLab were queued because of rate limits',
    buckets: [0.001, 0.01, 0.1, 0.5, 1, 3, 10, 60],
    registers: [registry],
  });
  return {
    answered: ({ method, route, status, ms }) =>
      durations.observe({ method, route, status: status ?? 'none' }, ms / 1000),
    waited: (ms) => waits.observe(ms / 1000),
  };
}
