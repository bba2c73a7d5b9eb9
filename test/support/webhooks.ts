import { Readable } from 'node:stream';
import { FakeAct } from '@app/audit/testing';
import type { DomainError, OrgId } from '@app/kernel';
import { inMemoryContextFiles } from '@app/context-store/testing';
import { inMemorySyncEngine } from '@app/sync-engine/testing';
import { inMemoryWebhooks } from '@app/webhooks/testing';
import { ACME, givenAccounts, type Accounts } from './accounts';
import { ManualWakeQueue } from './manual-wake-queue';

export const PUBLIC_URL = 'https://dot.example.com';

/** Builds a delivery as GitLab would send it; by default a plain push with the right secret. */
export interface Sending {
  readonly endpointId?: string;
  readonly event?: string | null;
  readonly key?: string | null;
  readonly token?: string | null;
  readonly headers?: { readonly id?: string; readonly timestamp?: string; readonly signature?: string };
  readonly payload?: object;
  readonly raw?: Buffer;
  readonly declaredBytes?: number;
}

/** The webhooks of ACME, connected with Ada's token and configured for her project, in memory. */
export async function givenWebhooks() {
  const accounts = givenAccounts();
  const sync = await givenSync(accounts);
  const webhooks = inMemoryWebhooks({
    ...{ ...accounts, events: accounts.bus, publicUrl: PUBLIC_URL },
    sync: sync.service,
  });
  const token = accounts.gitlab.givenToken('ada').value;

  async function configure(org: OrgId = ACME, instanceUrl?: string, projectId = accounts.project.id) {
    const known = instanceUrl === accounts.selfHosted.url ? accounts.selfHosted : accounts.gitlab;
    await accounts.connect(known.givenToken('ada').value, instanceUrl, org);
    await accounts.projects.configure({ org, projectId }, new FakeAct());
  }

  /** The values that an admin sees and copies into GitLab. */
  async function shown(org: OrgId = ACME) {
    const status = await webhooks.service.view(org);
    if (!status) throw new Error(`no webhook is shown to ${org}`);
    const { secret, signingToken } = await webhooks.readSecret.execute(org, new FakeAct());
    const endpointId = status.url.split('/').at(-1)!;
    return { ...status, endpointId, secret: secret.reveal(), signingToken: signingToken.reveal() };
  }

  async function send(sending: Sending = {}) {
    const { endpointId = (await shown()).endpointId, token: given = (await shown()).secret } = sending;
    const bytes = sending.raw ?? Buffer.from(JSON.stringify(sending.payload ?? push()));
    return webhooks.ingestDelivery.execute({
      endpointId,
      event: sending.event === undefined ? 'Push Hook' : sending.event,
      key: sending.key ?? null,
      proof: { ...sending.headers, ...(given !== null && { token: given }) },
      declaredBytes: sending.declaredBytes ?? 0,
      body: Readable.from(inChunks(bytes)),
    });
  }

  /** GitLab's answers to what its hooks sent us, by the way of HTTP but for the wire. */
  const answers: number[] = [];
  accounts.gitlab.deliveries.sendWith(async ({ url, headers, body }) => {
    const status = await webhooks.ingestDelivery
      .execute({
        endpointId: url.split('/').at(-1)!,
        event: headers['X-Gitlab-Event'] ?? null,
        key: headers['webhook-id'] ?? null,
        proof: {
          token: headers['X-Gitlab-Token'],
          id: headers['webhook-id'],
          timestamp: headers['webhook-timestamp'],
          signature: headers['webhook-signature'],
        },
        declaredBytes: body.length,
        body: Readable.from(inChunks(Buffer.from(body))),
      })
      .then(
        (receipt) => (receipt.status === 'accepted' ? 202 : 200),
        (error: DomainError) => (error.kind === 'not-found' ? 404 : 401),
      );
    answers.push(status);
    return { status, body: '', headers: {}, seconds: 0 };
  });

  /** Returns the answers to GitLab since the last call. */
  async function answered(): Promise<number[]> {
    await accounts.bus.settled();
    await accounts.gitlab.deliveries.settled();
    return answers.splice(0);
  }

  const push = (more: object = {}) => ({
    ...{ object_kind: 'push', event_name: 'push', ref: 'refs/heads/main', project_id: accounts.project.id },
    ...{ before: 'a'.repeat(40), after: 'b'.repeat(40), checkout_sha: 'b'.repeat(40), commits: [] },
    ...more,
  });

  /** The newest first, without what differs from run to run. */
  async function log(org: OrgId = ACME) {
    const { items } = await webhooks.deliveries.list(org, {});
    return items.map(({ outcome, reason }) => (reason ? `${outcome}: ${reason}` : outcome));
  }

  await configure();
  return { ...accounts, ...webhooks, sync, token, configure, shown, send, answered, push, log };
}

/** A sync whose runs wait: no worker processes them. */
async function givenSync({ tables, transactions, projects, bus: events, clock }: Accounts) {
  const context = inMemoryContextFiles({ tables, transactions, scope: projects, events, clock });
  const engine = await inMemorySyncEngine({
    ...{ ...context, tables, transactions, projects, events, clock },
    wakeQueue: new ManualWakeQueue(),
  });
  return {
    service: engine.service,
    /** The pull that waits. */
    waiting: async (org: OrgId = ACME) => (await engine.runs.open(org)).at(0) ?? null,
    givenBase: (org: OrgId, baseCommit: string) => engine.states.save(org, { baseCommit }),
    /** Spoils the org's state, so that its push events cannot be handled. */
    givenItFailsFor: (org: OrgId) => engine.states.save(org, { webhookSeenAt: 'no date' as never }),
  };
}

export type Webhooks = Awaited<ReturnType<typeof givenWebhooks>>;

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
