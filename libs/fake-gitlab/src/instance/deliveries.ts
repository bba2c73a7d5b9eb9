import { createHash, createHmac } from 'node:crypto';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { listensTo } from './hooks';
import type { Hook, Project } from './model';
import { pushPayload, samplePayload } from './push-payload';
import type { Push } from './pushes';
import { Refused } from './refusal';

/** One webhook request, ready to be sent; sending it again is a redelivery. */
export interface Delivery {
  readonly hook: Hook;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one delivery was answered; `status` null where no answer came within GitLab's ten seconds. */
export interface DeliveryAnswer {
  readonly status: number | null;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly seconds: number;
}

export type SendDelivery = (delivery: Delivery) => Promise<DeliveryAnswer>;

export interface DeliveryRecord {
  readonly id: number;
  readonly delivery: Delivery;
  readonly answer: DeliveryAnswer;
}

const [DISABLING_FAILURES, FINAL_FAILURES] = [4, 40];
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [60_000, 24 * 3_600_000];

/**
 * Outgoing webhooks. With a sender (`sendWith`) each goes out at once, is never repeated by itself, and failing hooks are
 * disabled (docs/gitlab-api.md#reliability-of-deliveries); without one they queue up in `queued` for a test to deliver, lose, repeat or delay.
 */
export class Deliveries {
  readonly queued: Delivery[] = [];
  private readonly records: DeliveryRecord[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private sender: SendDelivery | null = null;
  private sequence = 0;

  constructor(private readonly instance: FakeGitLabInstance) {
    instance.pushes.onPush((push) => this.pushed(push));
  }

  sendWith(sender: SendDelivery | null): void {
    this.sender = sender;
  }

  /** Newest first. */
  of(hook: Hook): readonly DeliveryRecord[] {
    return this.records.filter(({ delivery }) => delivery.hook === hook).reverse();
  }

  /** Resolves when every delivery under way was answered or given up. */
  async settled(): Promise<void> {
    while (this.underWay.size) await Promise.all(this.underWay);
  }

  /** Sends one now, whatever the hook's state. Also the way to repeat one. */
  async send(delivery: Delivery): Promise<DeliveryAnswer> {
    if (!this.sender) throw new Error('no sender: call sendWith first, or serve the instance over HTTP');
    const answer = await this.sender(delivery);
    this.records.push({ id: this.records.length + 1, delivery, answer });
    this.count(delivery.hook, answer);
    return answer;
  }

  /** A sample push, delivered while the caller waits; it reaches disabled hooks too, and revives them. */
  async test(project: Project, hook: Hook): Promise<void> {
    const payload = samplePayload(this.instance, project);
    if (!payload) throw testFailed('Ensure the project has at least one commit.');
    const delivery = this.deliveryTo(hook, payload);
    if (!this.sender) return void this.queued.push(delivery);
    const { status, body } = await this.send(delivery);
    if (status === null || status >= 400)
      throw testFailed(body || `Hook executed but returned HTTP ${status}`);
  }

  alertStatus({ failures, disabledUntil }: Hook): 'executable' | 'temporarily_disabled' | 'disabled' {
    if (failures >= FINAL_FAILURES) return 'disabled';
    const paused = disabledUntil !== null && disabledUntil > this.instance.clock.now();
    return paused ? 'temporarily_disabled' : 'executable';
  }

  private pushed(push: Push): void {
    const hooks = [...push.project.hooks.values()].filter(
      (hook) => listensTo(hook, push.branch) && this.alertStatus(hook) === 'executable',
    );
    if (!hooks.length) return;
    const payload = pushPayload(this.instance, push);
    const event = this.nextId();
    for (const hook of hooks) this.dispatch(this.deliveryTo(hook, payload, event));
  }

  private dispatch(delivery: Delivery): void {
    if (!this.sender) return void this.queued.push(delivery);
    const run: Promise<void> = this.send(delivery).then(() => void this.underWay.delete(run));
    this.underWay.add(run);
  }

  private deliveryTo(hook: Hook, payload: object, event = this.nextId()): Delivery {
    const { features, url, clock } = this.instance;
    const body = JSON.stringify(payload);
    const id = this.nextId();
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const headers: Record<string, string> = {
      ...Object.fromEntries(hook.customHeaders.map(({ key, value }) => [key, value])),
      'Content-Type': 'application/json',
      'User-Agent': `GitLab/${features.version}`,
      'X-Gitlab-Event': 'Push Hook',
      'X-Gitlab-Instance': url,
      'X-Gitlab-Webhook-UUID': this.nextId(),
      'X-Gitlab-Event-UUID': event,
    };
    if (features.has('hook-idempotency-key')) headers['Idempotency-Key'] = id;
    if (hook.token) headers['X-Gitlab-Token'] = hook.token;
    if (features.has('hook-signature')) {
      headers['webhook-id'] = id;
      headers['webhook-timestamp'] = timestamp;
      if (hook.signingToken) headers['webhook-signature'] = sign(hook.signingToken, id, timestamp, body);
    }
    return { hook, url: hook.url, headers, body };
  }

  /** GitLab counts 2xx and 3xx as success, everything else, silence included, as failure. */
  private count(hook: Hook, { status }: DeliveryAnswer): void {
    const failed = status === null || status >= 400;
    hook.failures = failed ? hook.failures + 1 : 0;
    hook.disabledUntil = null;
    if (hook.failures < DISABLING_FAILURES) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (hook.failures - DISABLING_FAILURES), LONGEST_PAUSE_MS);
    hook.disabledUntil = new Date(this.instance.clock.now().getTime() + pause);
  }

  /** Looks like a UUID, and is the same in every run of the same story. */
  private nextId(): string {
    const digits = createHash('sha256')
      .update(`${this.instance.url} delivery ${++this.sequence}`)
      .digest('hex');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  }
}

function sign(signingToken: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(signingToken.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function testFailed(message: string) {
  return new Refused({ is: 'message', status: 422, message });
}
