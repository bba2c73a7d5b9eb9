const { relative } = require('node:path');

const isFull = Boolean(process.env.CI) || process.argv.includes('--all');

/** Specs of these directories start processes, browsers or installations: `npm test` runs a few of them. */
const SLOW = ['test/browser/', 'test/e2e/', 'test/hosts/', 'test/image/', 'test/kill/'];
const FEW = [
  'test/browser/panel/story.spec.ts',
  'test/e2e/story-distributed.spec.ts',
  'test/e2e/story-embedded.spec.ts',
  'test/kill/kill.spec.ts',
];

/** Specs elsewhere that start processes again and again, build the server, or check it with programs of others. */
const LONG = [
  'apps/server/src/embedded-postgres/embedded-postgres.spec.ts',
  'apps/server/src/logging/log.spec.ts',
  'libs/database/src/pg/outage-monitor.spec.ts',
  'libs/fake-gitlab/src/git/history.spec.ts',
  'libs/fake-gitlab/src/git/three-way.spec.ts',
  'libs/gitlab-sync/src/cli/check/check-command.spec.ts',
  'libs/gitlab-sync/src/cli/check/same-as-a-pull.spec.ts',
  'libs/gitlab-sync/src/cli/check/snippets.spec.ts',
  'test/architecture/alerts.spec.ts',
  'test/architecture/examples.spec.ts',
  'test/architecture/kubernetes.spec.ts',
  'test/architecture/prose.spec.ts',
  'test/contract/gitlab.gitbeaker.spec.ts',
  'test/contract/gitlab-wire/lost-parts.spec.ts',
  'test/contract/openapi.spec.ts',
  'test/contract/openapi-bodies.spec.ts',
];

/** Filters the specs for Jest. In CI, with `--all`, or named on the command line, all of them run. */
module.exports = async (paths) => ({ filtered: isFull ? paths : paths.filter(isBrief) });
module.exports.isFull = isFull;
module.exports.FEW = FEW;
module.exports.LONG = LONG;

function isBrief(path) {
  const spec = relative(process.cwd(), path).replaceAll('\\', '/');
  const isLong = LONG.includes(spec) || (SLOW.some((place) => spec.startsWith(place)) && !FEW.includes(spec));
  return !isLong || process.argv.slice(2).some((argument) => spec.includes(argument));
}
