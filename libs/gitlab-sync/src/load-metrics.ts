import type * as metricsEntry from './metrics';

/** Loads prom-client only if the host gave a registry. */
export function loadMetrics(): typeof metricsEntry {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import of our own file would need its extension.
  return require('./metrics') as typeof metricsEntry;
}
