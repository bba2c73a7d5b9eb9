const { relative } = require('node:path');

const isFull = Boolean(process.env.CI) || process.argv.includes('--all');

/** Specs that `npm test` leaves out: it has a shorter proof of the same behaviour, or only operators need them. */
const LONG = [
  // They start, stop or kill processes again and again.
  'test/e2e/fair-share.spec.ts',
  'test/e2e/inspection-worker.spec.ts',
  'test/e2e/keys.spec.ts',
  'test/e2e/postgres-unavailable.spec.ts',
  'test/e2e/redis-unavailable.spec.ts',
  'test/e2e/restore.spec.ts',
  'test/e2e/shutdown.spec.ts',
  'test/e2e/tenants.spec.ts',
  'test/e2e/token-lifecycle.spec.ts',
  'test/e2e/worker-stop.spec.ts',
  'test/kill/inspection.spec.ts',
  'test/kill/postgres.spec.ts',
  // They try each of many hostile inputs, or each state of the page.
  'test/browser/panel/scenes.spec.ts',
  'test/e2e/hostile-values.spec.ts',
  'test/e2e/secrets.spec.ts',
  'test/e2e/slow-clients.spec.ts',
  'test/e2e/webhook-abuse.spec.ts',
  'test/e2e/webhook-payloads.spec.ts',
  // They build the server or install the package, or check it with programs of others.
  'apps/server/src/embedded-postgres/embedded-postgres.spec.ts',
  'test/architecture/alerts.spec.ts',
  'test/architecture/examples.spec.ts',
  'test/architecture/kubernetes.spec.ts',
  'test/contract/gitlab.gitbeaker.spec.ts',
  'test/contract/openapi.spec.ts',
  'test/e2e/bundle.spec.ts',
  'test/hosts/hosts.spec.ts',
];

/** Filters the specs for Jest. In CI, with `--all`, or named on the command line, the long ones run too. */
module.exports = async (paths) => ({ filtered: isFull ? paths : paths.filter(isBrief) });
module.exports.isFull = isFull;
module.exports.LONG = LONG;

function isBrief(path) {
  const spec = relative(process.cwd(), path).replaceAll('\\', '/');
  return !LONG.includes(spec) || process.argv.slice(2).some((argument) => spec.includes(argument));
}
