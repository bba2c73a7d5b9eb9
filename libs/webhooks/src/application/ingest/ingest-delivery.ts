import { Injectable, Logger } from '@nestjs/common';
import { Readable } from 'node:stream';
import { CredentialsService, type ConnectionIds } from '@app/credentials';
import { LRUCache } from 'lru-cache';
import pTimeout from 'p-timeout';
import {
  activeTrace,
  allSettledOrThrow,
  Batcher,
  Clock,
  DatabaseUnavailable,
  traced,
  type OrgId,
  type TracedWork,
} from '@app/kernel';
import { judgeHeaders, type Proof, type ProofHeaders, type Refusal } from '../../domain/delivery-proof';
import { readHint } from '../../domain/push-hint';
import { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { DeliveryRefused, EndpointUnknown } from '../../domain/webhooks.errors';
import { KEPT_BYTES, MAX_BYTES, readBody } from './delivery-body';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { DeliveryBuffer } from './delivery-buffer';
import { LogDelivery, UNAVAILABLE, type LoggedReceipt } from './log-delivery';
import { timeLimit } from './time-limit';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

export interface IncomingDelivery {
  readonly endpointId: string;
  readonly event: string | null;
  /** Key of the delivery; a repeated delivery has the same one, even if someone else repeats it. */
  readonly key: string | null;
  readonly proof: ProofHeaders;
  /** 0 if the length is not declared. */
  readonly declaredBytes: number;
  readonly body: Readable;
  /** Time of arrival, if that is not now. */
  readonly at?: Date;
}

/** Outcome of a delivery; `too_large` is answered with 413. */
export type Receipt = LoggedReceipt | { readonly status: 'too_large' };

interface Found {
  readonly endpoint: WebhookEndpoint;
  /** Generation of the org's current connection. */
  readonly generation: string;
}

const MOST_AT_ONCE = 100;
const MOST_REMEMBERED = 10_000;

/** Verifies the sender of a delivery, before reading the body if the headers suffice, and passes the delivery on. */
@Injectable()
export class IngestDelivery {
  private readonly logger = new Logger('webhooks');
  /** Cache of the orgs of known endpoints: an endpoint never moves to another org. */
  private readonly orgs = new LRUCache<string, OrgId>({ max: MOST_REMEMBERED });
  private readonly lookUps = new Batcher<string, Found | null>(
    (ids) => pTimeout(this.findAll(ids), timeLimit()),
    MOST_AT_ONCE,
  );

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly credentials: CredentialsService,
    private readonly secrets: WebhookSecrets,
    private readonly logDelivery: LogDelivery,
    private readonly buffer: DeliveryBuffer,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns 'unavailable' for our own faults: GitLab would disable its hook because of errors.
   * @throws EndpointUnknown also if GitLab was disconnected, DeliveryRefused
   */
  execute(incoming: IncomingDelivery): Promise<Receipt> {
    return traced('gitlab_sync.delivery', {}, async (span) => {
      const receipt = await this.ingest(incoming, span);
      const reason = receipt.status === 'ignored' ? receipt.reason : undefined;
      span.note({ 'gitlab_sync.outcome': receipt.status, 'gitlab_sync.reason': reason });
      return receipt;
    });
  }

  private async ingest(incoming: IncomingDelivery, span: TracedWork): Promise<Receipt> {
    const { endpointId } = incoming;
    try {
      const found = WebhookEndpoint.hasForm(endpointId) ? await this.lookUps.do(endpointId) : null;
      if (!found) throw new EndpointUnknown();
      span.note({ 'gitlab_sync.org': found.endpoint.org });
      return await this.receive(incoming, found);
    } catch (error) {
      if (error instanceof EndpointUnknown || error instanceof DeliveryRefused) throw error;
      if (error instanceof DatabaseUnavailable) return this.postpone(incoming);
      this.logger.error({ err: error, endpoint: endpointId.slice(0, 4) }, 'delivery not judged');
      return UNAVAILABLE;
    }
  }

  private async receive(incoming: IncomingDelivery, found: Found): Promise<Receipt> {
    const { event, key, at = this.clock.now() } = incoming;
    const { org } = found.endpoint;
    const trace = activeTrace();
    const refuse = async (refusal: Refusal): Promise<never> => {
      await this.logDelivery.execute({ org, event, key: null, hint: {}, refusal, at, trace });
      throw new DeliveryRefused(refusal);
    };

    const proof = this.judge(found, incoming.proof, at);
    if (proof.verdict === 'refused') return refuse(proof.reason);
    if (incoming.declaredBytes > MAX_BYTES) return { status: 'too_large' };

    const signature = proof.verdict === 'signed' ? proof.signature : null;
    const { bytes, ending } = await readBody(incoming.body, (chunk) => signature?.update(chunk));
    if (ending === 'too_large') return { status: 'too_large' };
    if (signature && (ending === 'broken' || !signature.matches())) return refuse('signature_wrong');
    return this.logDelivery.execute({ org, event, key, hint: readHint(bytes), refusal: null, at, trace });
  }

  /** Keeps an unverified delivery if there is space. It is judged later, by its time of arrival. */
  private async postpone(incoming: IncomingDelivery): Promise<Receipt> {
    const { at = this.clock.now(), declaredBytes } = incoming;
    const room = declaredBytes > KEPT_BYTES ? null : this.buffer.reserve(declaredBytes || KEPT_BYTES);
    if (!room) return UNAVAILABLE;
    const { body, ...headers } = incoming;
    const { bytes } = await readBody(body, () => undefined);
    if (bytes)
      room.commit(() => this.execute({ ...headers, at, body: Readable.from([bytes]) }), bytes.byteLength);
    else room.cancel();
    return UNAVAILABLE;
  }

  private async findAll(ids: readonly string[]): Promise<(Found | null)[]> {
    const [endpoints, ofKnown] = await allSettledOrThrow(
      this.endpoints.find([...new Set(ids)]),
      this.connectionsOf(ids.flatMap((id) => this.orgs.get(id) ?? [])),
    );
    const firstSeen = [...endpoints.values()].filter(({ id }) => !this.orgs.has(id));
    for (const { id, org } of firstSeen) this.orgs.set(id, org);
    const connections = new Map([...ofKnown, ...(await this.connectionsOf(firstSeen.map(({ org }) => org)))]);
    return ids.map((id) => {
      const endpoint = endpoints.get(id);
      const connection = endpoint && connections.get(endpoint.org);
      return endpoint && connection ? { endpoint, generation: connection.generation } : null;
    });
  }

  private async connectionsOf(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, ConnectionIds>> {
    return orgs.length ? this.credentials.connectionIds([...new Set(orgs)]) : new Map();
  }

  private judge({ endpoint, generation }: Found, headers: ProofHeaders, at: Date): Proof {
    const accepted = endpoint.acceptedKeys(generation, at);
    const keys = accepted.map((sealed) => this.secrets.open(endpoint.org, sealed));
    return judgeHeaders(headers, keys, endpoint.hook?.signs ?? false, at);
  }
}
