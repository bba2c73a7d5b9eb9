import { Injectable, Logger } from '@nestjs/common';
import { Readable } from 'node:stream';
import { CredentialsService, type ConnectionIds } from '@app/credentials';
import { LRUCache } from 'lru-cache';
import { Batcher, Clock, DatabaseUnavailable, inTime, allSettledOrThrow, type OrgId } from '@app/kernel';
import { judgeHeaders, type Proof, type ProofHeaders, type Refusal } from '../../domain/delivery-proof';
import { readHint } from '../../domain/push-hint';
import { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { DeliveryRefused, EndpointUnknown } from '../../domain/webhooks.errors';
import { KEPT_BYTES, MAX_BYTES, readBody } from './delivery-body';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { DeliveryBuffer } from './delivery-buffer';
import { PATIENCE_MS, LogDelivery, UNAVAILABLE, type Receipt } from './log-delivery';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

export interface IncomingDelivery {
  readonly endpointId: string;
  readonly event: string | null;
  /** The same when GitLab, or someone else, sends a delivery again. */
  readonly key: string | null;
  readonly proof: ProofHeaders;
  /** 0 where the length is not told beforehand. */
  readonly declaredBytes: number;
  readonly body: Readable;
  /** When it came, where that is not now. */
  readonly at?: Date;
}

type Answer = Receipt | { readonly status: 'too_large' };

interface Found {
  readonly endpoint: WebhookEndpoint;
  /** Of the org's present connection. */
  readonly generation: string;
}

const MOST_AT_ONCE = 100;
const MOST_REMEMBERED = 10_000;

/** Finds out who sent a delivery, before reading it where the headers tell, and hands it on. */
@Injectable()
export class IngestDelivery {
  private readonly logger = new Logger('webhooks');
  /** Of endpoints that delivered before: an endpoint never becomes another org's. */
  private readonly orgs = new LRUCache<string, OrgId>({ max: MOST_REMEMBERED });
  private readonly lookUps = new Batcher<string, Found | null>(
    (ids) => inTime(this.findAll(ids), PATIENCE_MS),
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
   * What is wrong on our side is no fault of GitLab's hook, which it would disable for that.
   * @throws EndpointUnknown also where GitLab was disconnected, DeliveryRefused
   */
  async execute(incoming: IncomingDelivery): Promise<Answer> {
    const { endpointId } = incoming;
    try {
      const found = WebhookEndpoint.hasForm(endpointId) ? await this.lookUps.do(endpointId) : null;
      if (!found) throw new EndpointUnknown();
      return await this.receive(incoming, found);
    } catch (error) {
      if (error instanceof EndpointUnknown || error instanceof DeliveryRefused) throw error;
      if (error instanceof DatabaseUnavailable) return this.postpone(incoming);
      this.logger.error({ err: error, endpoint: endpointId.slice(0, 4) }, 'a delivery could not be judged');
      return UNAVAILABLE;
    }
  }

  private async receive(incoming: IncomingDelivery, found: Found): Promise<Answer> {
    const { event, key, at = this.clock.now() } = incoming;
    const { org } = found.endpoint;
    const refuse = async (refusal: Refusal): Promise<never> => {
      await this.logDelivery.execute({ org, event, key: null, hint: {}, refusal, at });
      throw new DeliveryRefused(refusal);
    };

    const proof = this.judge(found, incoming.proof, at);
    if (proof.verdict === 'refused') return refuse(proof.reason);
    if (incoming.declaredBytes > MAX_BYTES) return { status: 'too_large' };

    const signature = proof.verdict === 'signed' ? proof.signature : null;
    const { bytes, ending } = await readBody(incoming.body, (chunk) => signature?.update(chunk));
    if (ending === 'too_large') return { status: 'too_large' };
    if (signature && (ending === 'broken' || !signature.matches())) return refuse('signature_wrong');
    return this.logDelivery.execute({ org, event, key, hint: readHint(bytes), refusal: null, at });
  }

  /** Nobody can say who sent it: kept as it came, where there is room, and judged later by the time it came. */
  private async postpone(incoming: IncomingDelivery): Promise<Answer> {
    const { at = this.clock.now(), declaredBytes } = incoming;
    const room = declaredBytes > KEPT_BYTES ? null : this.buffer.reserve(declaredBytes || KEPT_BYTES);
    if (!room) return UNAVAILABLE;
    const { body, ...told } = incoming;
    const { bytes } = await readBody(body, () => undefined);
    if (bytes)
      room.commit(() => this.execute({ ...told, at, body: Readable.from([bytes]) }), bytes.byteLength);
    else room.cancel();
    return UNAVAILABLE;
  }

  private async findAll(ids: readonly string[]): Promise<(Found | null)[]> {
    const [endpoints, ofKnown] = await allSettledOrThrow(
      this.endpoints.find([...new Set(ids)]),
      this.connectionsOf(ids.flatMap((id) => this.orgs.get(id) ?? [])),
    );
    const met = [...endpoints.values()].filter(({ id }) => !this.orgs.has(id));
    for (const { id, org } of met) this.orgs.set(id, org);
    const connections = new Map([...ofKnown, ...(await this.connectionsOf(met.map(({ org }) => org)))]);
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
