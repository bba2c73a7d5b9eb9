import { orgId, type DomainEvent } from '@app/kernel';
import { noticesOf } from './notice-of';

const org = orgId('acme');
const failed = {
  name: 'sync.failed.v1',
  org,
  runId: 'r',
  kind: 'push',
  code: 'branch_protected',
  detail: 'do x',
};

it.each<[string, DomainEvent & object, object[]]>([
  [
    'a stop',
    { ...failed, retrying: false } as DomainEvent,
    [{ kind: 'needs_person', org, code: 'branch_protected', detail: 'do x', runId: 'r' }],
  ],
  ['no failure that is retried', { ...failed, retrying: true } as DomainEvent, []],
  ['no run that ended well', { name: 'sync.finished.v1', org }, []],
  [
    'a token that expires',
    { name: 'connection.expiring.v1', org, connectionId: 'c', expiresAt: 'then', days: 14 } as DomainEvent,
    [{ kind: 'token_expires', org, expiresAt: 'then', days: 14 }],
  ],
  [
    'a conflict',
    { name: 'conflict.found.v1', org, path: 'a.md', winner: 'dot' } as DomainEvent,
    [{ kind: 'conflicts_kept', org, files: 1, paths: ['a.md'] }],
  ],
  [
    'a merge request that waits for review',
    {
      ...{ name: 'merge_request.opened.v1', org, runId: 'r', iid: 7 },
      ...{ title: 'Update 2 context files from Dot', webUrl: 'https://gitlab.com/mr/7', changes: 2 },
    } as DomainEvent,
    [
      {
        ...{ kind: 'review_waits', org, changes: 2 },
        ...{ title: 'Update 2 context files from Dot', url: 'https://gitlab.com/mr/7' },
      },
    ],
  ],
  [
    'files that are kept out and files that are no longer',
    {
      ...{ name: 'quarantine.changed.v1', org, letIn: ['b.md'] },
      keptOut: [{ path: 'a.md', side: 'gitlab', reason: 'too_big', detail: 'too big' }],
    } as DomainEvent,
    [
      {
        kind: 'files_kept_out',
        org,
        files: 1,
        list: [{ path: 'a.md', reason: 'too_big', detail: 'too big' }],
      },
      { kind: 'files_let_in', org, files: 1, paths: ['b.md'] },
    ],
  ],
  ['no webhook that is silent', { name: 'webhook.silent.v1', org }, []],
  ['no change of files', { name: 'context.changed.v1', org }, []],
])('speaks of %s', (_, event, notices) => {
  expect(noticesOf(event)).toEqual(notices);
});
