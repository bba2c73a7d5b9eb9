import { randomUUID } from 'node:crypto';
import type { Org } from './fleet';

/** A body that is delivered to one org again and again, under a new id each time. */
interface Sample {
  readonly org: Org;
  readonly body: string;
}

/** Returns the whole text of a delivery as GitLab sends it. */
export function deliveryOf({ org, body }: Sample, path: string): string {
  return [
    `POST ${path}/${org.endpointId} HTTP/1.1`,
    'Host: bench',
    'Content-Type: application/json',
    'User-Agent: GitLab/19.2.0',
    'X-Gitlab-Event: Push Hook',
    `X-Gitlab-Token: ${org.secret}`,
    `webhook-id: ${randomUUID()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
