import { readFileSync } from 'node:fs';
import { VARIABLES } from '../../apps/server/src/env';

const PAGE = readFileSync('docs/limits.md', 'utf8');
const rows = [...PAGE.matchAll(/^\| (?!what|---)(.+?) +\| (.+?) +\| (.+?) +\|/gm)].map(
  ([, what, limit, setting]) => ({ what, limit, setting: setting.replaceAll('`', '') }),
);
const limitOf = (what: string) => rows.find((row) => row.what === what)?.limit;

/** Rows of the page whose limit is a constant, with the line of the code that sets it. */
const CONSTANTS: readonly (readonly [what: string, limit: string, file: string, line: string])[] = [
  ['a path', '4,096 bytes', 'context-store/src/domain/path-rules.ts', 'MAX_PATH_BYTES = 4_096'],
  ['one name in a path', '255 bytes', 'context-store/src/domain/path-rules.ts', 'MAX_NAME_BYTES = 255'],
  [
    'operations of one change',
    '1,000 operations',
    'context-store/src/domain/change-limits.ts',
    'MOST_OPERATIONS = 1_000',
  ],
  [
    'the body of one change',
    '16 MiB',
    'context-store/src/http/changes-body.ts',
    'MOST_CHANGE_BYTES = 16 * MIB',
  ],
  ['one operation', '4 MiB', 'context-store/src/http/changes-body.ts', 'OPERATION_BYTES = 4 * MIB'],
  ['items of a page', '50, at most 200', 'http/src/page-query.ts', 'maximum: 200, default: 50'],
  ['event streams of a caller', '10 streams', 'http/src/event-streams.ts', 'perCaller: 10'],
  ['event streams of an organisation', '50 streams', 'http/src/event-streams.ts', 'perOrg: 50'],
  ['requests that a run is traced to', '32 requests', 'sync-engine/src/domain/run.ts', 'MOST_TRACES = 32'],
  [
    'one change of a pull',
    '16 MiB of text',
    'sync-engine/src/application/pull/pull-changes.ts',
    'CHUNK_BYTES = 16 * 1024 * 1024',
  ],
  [
    'attempts to post a status',
    '5 attempts',
    'sync-engine/src/domain/report-attempts.ts',
    'MOST_ATTEMPTS = 5',
  ],
  ['a delivery', '25 MiB', 'webhooks/src/application/ingest/delivery-body.ts', 'MAX_BYTES = 25 * MIB'],
  [
    'the part of a body that is read',
    '1 MiB',
    'webhooks/src/application/ingest/delivery-body.ts',
    'KEPT_BYTES = MIB',
  ],
  [
    'time for a body',
    '30 seconds',
    'webhooks/src/application/ingest/delivery-body.ts',
    'SLOWEST_BODY_MS = 30_000',
  ],
  [
    'age of a signed delivery',
    '5 minutes',
    'webhooks/src/domain/delivery-proof.ts',
    'TOLERANCE_MS = 5 * 60_000',
  ],
  [
    'deliveries kept while the database is down',
    '1,000 and 16 MiB',
    'webhooks/src/application/ingest/delivery-buffer.ts',
    'MOST = 1_000;\nconst MOST_BYTES = 16 * 1024 * 1024',
  ],
  [
    'log of deliveries',
    'the last 50',
    'webhooks/src/application/ports/deliveries.port.ts',
    'KEPT_DELIVERIES = 50',
  ],
  [
    'a hook counts as silent',
    'after 24 hours',
    'webhooks/src/domain/webhook-health.ts',
    'SILENT_AFTER_MS = 24 * 3_600_000',
  ],
  [
    'a lease',
    '30 seconds',
    'sync-engine/src/application/sync-engine.settings.ts',
    'leaseMs: number = 30_000',
  ],
  ['retries of an unexpected error', '8 attempts', 'sync-engine/src/domain/retry-policy.ts', 'PATIENCE = 8'],
  [
    'back-off after a temporary error',
    'up to 5 minutes',
    'sync-engine/src/domain/back-off.ts',
    'Math.min(300_000,',
  ],
  ['a stop until a person acts', 'up to 1 hour', 'sync-engine/src/domain/back-off.ts', 'Math.min(3_600_000,'],
  [
    'deletions by one pull',
    '10, and a quarter of the files',
    'sync-engine/src/domain/mass-delete.ts',
    'deletions > 10 && deletions > filesInScope / 4',
  ],
  [
    'two programs that undo each other',
    '8 versions within an hour',
    'sync-engine/src/domain/ping-pong.ts',
    'VERSIONS = 8;\nconst WITHIN_MS = 60 * 60_000',
  ],
  [
    'one commit of a first sync',
    '12 MiB, 10,000 files',
    'sync-engine/src/application/push/files-ahead.ts',
    'COMMIT_BYTES = 12 * 1024 * 1024',
  ],
  [
    'merge requests found for one branch',
    'the newest 20',
    'gitlab/src/http/merge-requests/merge-requests.ts',
    'MOST_FOUND = 20',
  ],
  ['a title of a merge request', '255 characters', 'gitlab/src/inert-text.ts', 'LONGEST_TITLE = 255'],
  [
    'a description of a merge request',
    '1 MiB',
    'gitlab/src/inert-text.ts',
    'LARGEST_DESCRIPTION = 1024 * 1024',
  ],
  [
    'a wait that GitLab asks for',
    '1 second to 1 hour',
    'gitlab/src/http/retry.ts',
    'LONGEST_WAIT_MS = 3_600_000',
  ],
  ['a tree', '500,000 rows', 'gitlab/src/http/responses/response-limits.ts', 'rows: 500_000'],
  [
    'requests to gitlab.com, all processes',
    '1,500 a minute',
    'gitlab/src/http/transport/call-budget.ts',
    'TO_GITLAB_COM = 1_500',
  ],
  [
    'requests to any other host',
    '12,000 a minute',
    'gitlab/src/http/transport/call-budget.ts',
    'TO_OTHERS = 12_000',
  ],
  [
    'time for a text among others',
    '1 second',
    'inspection/src/application/inspection-limits.ts',
    'amongOthersMs: number = 1_000',
  ],
  [
    'time for a text without others',
    '3 seconds',
    'inspection/src/application/inspection-limits.ts',
    'singleMs: number = 3_000',
  ],
  [
    'heap of one worker thread',
    '96 MB',
    'inspection/src/application/inspection-limits.ts',
    'heapMb: number = 96',
  ],
  ['worker threads', '2 to 4', 'inspection/src/application/inspection-limits.ts', 'Math.min(4, Math.max(2,'],
  ['messages of an organisation', '10 an hour', 'notifications/src/domain/compose.ts', 'MOST_PER_HOUR = 10'],
  ['tests of an organisation', '10 an hour', 'notifications/src/application/send-test.ts', 'MOST_TESTS = 10'],
  [
    'addresses of an organisation',
    '10 addresses',
    'notifications/src/domain/channels.ts',
    'MOST_ADDRESSES = 10',
  ],
  ['paths that a message lists', '20 paths', 'notifications/src/domain/fold-files.ts', 'MOST_PATHS = 20'],
  [
    'one attempt to send a message',
    '10 seconds',
    'notifications/src/application/notifications.settings.ts',
    'timeoutMs: number = 10_000',
  ],
  [
    'attempts to send a message',
    'for 24 hours',
    'notifications/src/domain/retry.ts',
    'GIVEN_UP_AFTER_MS = 24 * HOUR_MS',
  ],
  [
    'deliveries that have ended',
    '30 days',
    'notifications/src/infrastructure/notifications-pruner.ts',
    'DAYS = 30',
  ],
  ['earlier versions of a file', '365 days', 'gitlab-sync/src/retention.ts', 'versionDays: number = 365'],
  ['finished runs', '90 days', 'gitlab-sync/src/retention.ts', 'runDays: number = 90'],
  ['the audit log', '400 days', 'gitlab-sync/src/retention.ts', 'auditDays: number = 400'],
];

/** Defaults of variables, as the page writes them. */
const VALUES: Readonly<Record<string, string>> = {
  ...{
    MAX_FILE_BYTES: '1 MiB',
    QUOTA_BYTES: '1 GiB',
    QUOTA_FILES: '100,000',
    RATE_LIMIT_PER_MINUTE: '1,200 a minute',
  },
  ...{
    SYNC_CONCURRENCY: '16 per worker',
    POLL_SECONDS: '120 seconds',
  },
  GITLAB_TIMEOUT_MS: '30,000 ms',
};
const UNITS: Readonly<Record<string, number>> = { MiB: 1024 ** 2, GiB: 1024 ** 3 };

describe('The page of limits', () => {
  it.each(CONSTANTS)('agrees with the code: %s, %s', (what, limit, file, line) => {
    expect(limitOf(what)).toBe(limit);
    expect(readFileSync(`libs/${file}`, 'utf8')).toContain(line);
  });

  it('agrees with the defaults of the environment, and names each variable that limits something', () => {
    const hasDefault = (name: string) => VARIABLES[name as keyof typeof VARIABLES]?.fallback;
    const named = rows.filter(({ setting }) => hasDefault(setting));
    expect(Object.fromEntries(named.map(({ setting, limit }) => [setting, limit]))).toEqual(VALUES);
    for (const [name, text] of Object.entries(VALUES)) {
      const [, number, unit] = /^([\d,]+)(?: (\w+))?/.exec(text)!;
      const value = Number(number.replaceAll(',', '')) * (UNITS[unit] ?? 1);
      expect(VARIABLES[name as keyof typeof VARIABLES].fallback).toBe(String(value));
    }
  });
});
