import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One webhook body of GitLab, byte by byte, with the event its header names. */
export interface WebhookPayload {
  readonly name: string;
  readonly event: string;
  readonly bytes: Buffer;
}

/** The expected verdict of the sync, for the hook of project 15 and branch `main`. */
export type Expected = 'accepted' | 'other_event' | 'other_project' | 'other_branch';

const directory = process.env.TEST_GITLAB_PAYLOADS ?? join(__dirname, '../../../shared/gitlab-payloads');
const index = join(directory, 'index.json');

/** Recorded payloads of real instances: TEST_GITLAB_PAYLOADS, or beside the clone. They are not ours to give away; none if absent. */
export function recordedPayloads(): WebhookPayload[] {
  if (!existsSync(index)) return [];
  const listed = JSON.parse(readFileSync(index, 'utf8')) as { file: string; event: string }[];
  const there = new Set(readdirSync(directory));
  return listed
    .filter(({ file }) => there.has(file))
    .map(({ file, event }) => ({ name: file, event, bytes: readFileSync(join(directory, file)) }));
}

/** Restates the rules from the body and GitLab's documentation, independently of the code. */
export function expectedOf({ event, bytes }: WebhookPayload): Expected {
  const body = JSON.parse(bytes.toString()) as Record<string, unknown>;
  const isPush = [body.object_kind ?? body.event_name].includes('push');
  if (!isPush || !['Push Hook', 'System Hook'].includes(event)) return 'other_event';
  if ('project_id' in body && body.project_id !== 15) return 'other_project';
  return body.ref === 'refs/heads/master' ? 'accepted' : 'other_branch';
}

const PUSH = {
  ...{
    before: '95790bf891e76fee5e1747ab589903a6a1f80f22',
    after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
  },
  ...{ ref: 'refs/heads/master', checkout_sha: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7', project_id: 15 },
  ...{ project: { id: 15, path_with_namespace: 'mike/diaspora', default_branch: 'master' }, commits: [] },
};
const DELETED = { after: '0'.repeat(40), checkout_sha: null };

/** One of each kind of body that GitLab sends, as its documentation shows them, shortened. */
export const payloadsByHand: WebhookPayload[] = [
  ['Push Hook', { object_kind: 'push', event_name: 'push', ...PUSH }],
  ['Push Hook', { object_kind: 'push', ...PUSH, ...DELETED }],
  ['Push Hook', { object_kind: 'push', ...PUSH, ref: 'refs/heads/feature' }],
  ['Push Hook', { object_kind: 'push', ...PUSH, project_id: 16 }],
  ['System Hook', { object_kind: 'push', event_name: 'push', ...PUSH }],
  ['System Hook', { event_name: 'push', ...PUSH }],
  ['System Hook', { event_name: 'push', ...PUSH, project_id: 16 }],
  ['System Hook', { event_name: 'tag_push', ...PUSH, ref: 'refs/tags/v1.0.0' }],
  [
    'System Hook',
    { event_name: 'repository_update', project_id: 15, refs: ['refs/heads/master'], changes: [] },
  ],
  ['System Hook', { object_kind: 'merge_request', event_type: 'merge_request', project: { id: 15 } }],
  ['System Hook', { event_name: 'project_create', path_with_namespace: 'mike/diaspora', project_id: 15 }],
  ['System Hook', { event_name: 'user_create', email: 'mike@example.com', user_id: 4 }],
  ['Tag Push Hook', { object_kind: 'tag_push', event_name: 'tag_push', ...PUSH, ref: 'refs/tags/v1.0.0' }],
  [
    'Merge Request Hook',
    { object_kind: 'merge_request', project: { id: 15 }, object_attributes: { iid: 1 } },
  ],
  ['Note Hook', { object_kind: 'note', project_id: 15, object_attributes: { note: 'Hello' } }],
  ['Pipeline Hook', { object_kind: 'pipeline', project: { id: 15 }, object_attributes: { ref: 'master' } }],
  ['Job Hook', { object_kind: 'build', ref: 'master', project_id: 15, build_status: 'created' }],
  ['Wiki Page Hook', { object_kind: 'wiki_page', project: { id: 15 }, object_attributes: { slug: 'home' } }],
].map(([event, body]) => ({
  name: `${String(event)} ${JSON.stringify(body).slice(0, 60)}`,
  event: String(event),
  bytes: Buffer.from(JSON.stringify(body)),
}));
