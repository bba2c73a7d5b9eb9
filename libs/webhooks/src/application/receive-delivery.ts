import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CredentialsService } from '@app/credentials';
import { Clock } from '@app/kernel';
import { judgeHeaders, type Proof, type ProofHeaders, type Refusal } from '../domain/delivery-proof';
import { readHint } from '../domain/push-hint';
import { WebhookEndpoint } from '../domain/webhook-endpoint';
import { DeliveryRefused, EndpointUnknown } from '../domain/webhooks.errors';
import { Deliveries } from './deliveries.port';
import { MAX_BYTES, readBody } from './delivery-body';
import { KeySeal } from './key-seal';
import { RecordDelivery, type Receipt } from './record-delivery';
import { WebhookEndpoints } from './webhook-endpoints.port';

export interface IncomingDelivery {
  readonly endpointId: string;
  readonly event: string | null;
  /** The same when GitLab, or someone else, sends a delivery again. */
  readonly key: string | null;
  readonly proof: ProofHeaders;
  /** 0 where the length is not told beforehand. */
  readonly declaredBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Finds out who sent a delivery, before reading it where the headers tell, and hands it on. */
@Injectable()
export class ReceiveDelivery {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly credentials: CredentialsService,
    private readonly keySeal: KeySeal,
    private readonly deliveries: Deliveries,
    private readonly recordDelivery: RecordDelivery,
    private readonly clock: Clock,
  ) {}

  /** @throws EndpointUnknown also where GitLab was disconnected, DeliveryRefused */
  async execute(incoming: IncomingDelivery): Promise<Receipt | { readonly status: 'too_large' }> {
    const { endpointId } = incoming;
    const endpoint = WebhookEndpoint.hasForm(endpointId) ? await this.endpoints.find(endpointId) : null;
    const connection = endpoint && (await this.credentials.connection(endpoint.org));
    if (!endpoint || !connection) throw new EndpointUnknown();

    const proof = this.judge(endpoint, connection.generation, incoming.proof);
    if (proof.verdict === 'refused') throw await this.refusal(endpoint, incoming, proof.reason);
    if (incoming.declaredBytes > MAX_BYTES) return { status: 'too_large' };

    const signature = proof.verdict === 'signed' ? proof.signature : null;
    const { bytes, ending } = await readBody(incoming.body, (chunk) => signature?.update(chunk));
    if (ending === 'too_large') return { status: 'too_large' };
    if (signature && (ending === 'broken' || !signature.matches())) {
      throw await this.refusal(endpoint, incoming, 'signature_wrong');
    }
    const { event, key } = incoming;
    return this.recordDelivery.execute({ org: endpoint.org, event, key, hint: readHint(bytes) });
  }

  private judge(endpoint: WebhookEndpoint, generation: string, headers: ProofHeaders): Proof {
    const now = this.clock.now();
    const accepted = endpoint.acceptedKeys(generation, now);
    const keys = accepted.map((sealed) => this.keySeal.open(endpoint.org, sealed));
    return judgeHeaders(headers, keys, endpoint.hook?.signs ?? false, now);
  }

  private async refusal({ org }: WebhookEndpoint, { event }: IncomingDelivery, reason: Refusal) {
    const arrival = { id: randomUUID(), org, at: this.clock.now(), event, commit: null };
    await this.deliveries.add({ ...arrival, outcome: 'refused', reason, runId: null });
    return new DeliveryRefused(reason);
  }
}
