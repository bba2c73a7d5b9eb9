import { createHash, createHmac } from 'node:crypto';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { listensTo } from './hooks';
import type { Hook, Project } from './model';
import type { MergeRequestEvent } from './merge-requests/merge-requests';
import { mergeRequestPayload } from './merge-requests/payload';
import { pushPayload, samplePayload } from './push-payload';
import type { Push } from './pushes';
import { Refused } from './refusal';

/** One webhook request, ready to be sent. Sending it again is a redelivery. */
export interface Delivery {
  readonly hook: Hook;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The response to one delivery; `status` is null if none arrived within GitLab's ten seconds. */
export interface DeliveryAnswer {
  readonly status: number | null;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly seconds: number;
}

type HookKind = 'Push Hook' | 'Merge Request Hook';

export type SendDelivery = (delivery: Delivery) => Promise<DeliveryAnswer>;

export interface DeliveryRecord {
  readonly id: number;
  readonly delivery: Delivery;
  readonly answer: DeliveryAnswer;
}

const [DISABLING_FAILURES, FINAL_FAILURES] = [4, 40];
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [60_000, 24 * 3_600_000];

/**
 * Manages outgoing webhooks. With a sender (`sendWith`), sends each immediately, never retries it, and disables
 * failing hooks (docs/gitlab-api.md#reliability-of-deliveries). Without one, keeps them in `queued` for a test to
 * deliver, lose, repeat or delay.
 */
export class Deliveries {
  readonly queued: Delivery[] = [];
  private readonly records: DeliveryRecord[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private sender: SendDelivery | null = null;
  private sequence = 0;

  constructor(private readonly instance: FakeGitLabInstance) {
    instance.pushes.onPush((push) => this.pushed(push));
    instance.mergeRequests.onEvent((event) => this.mergeRequestChanged(event));
  }

  sendWith(sender: SendDelivery | null): void {
    this.sender = sender;
  }

  /** Returns the hook's deliveries, newest first. */
  of(hook: Hook): readonly DeliveryRecord[] {
    return this.records.filter(({ delivery }) => delivery.hook === hook).reverse();
  }

  /** Resolves when all running deliveries were answered or timed out. */
  async settled(): Promise<void> {
    while (this.underWay.size) await Promise.all(this.underWay);
  }

  /** Sends one now, whatever the hook's state. Also used to repeat one. */
  async send(delivery: Delivery): Promise<DeliveryAnswer> {
    if (!this.sender) throw new Error('no sender: call sendWith first, or serve the instance over HTTP');
    const answer = await this.sender(delivery);
    this.records.push({ id: this.records.length + 1, delivery, answer });
    this.count(delivery.hook, answer);
    return answer;
  }

  /** Delivers a sample push and waits for the response. Disabled hooks receive it too, and it enables them again. */
  async test(project: Project, hook: Hook): Promise<void> {
    const payload = samplePayload(this.instance, project);
    if (!payload) throw testFailed('Ensure the project has at least one commit.');
    const delivery = this.deliveryTo(hook, 'Push Hook', payload);
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
    const hooks = this.hooksOf(push.project, (hook) => listensTo(hook, push.branch));
    if (hooks.length) this.deliver(hooks, 'Push Hook', pushPayload(this.instance, push));
  }

  /** Delivers to the hooks of the target's project, whatever its branches. */
  private mergeRequestChanged(event: MergeRequestEvent): void {
    const hooks = this.hooksOf(event.mergeRequest.project, ({ events }) => events.merge_requests_events);
    if (hooks.length) this.deliver(hooks, 'Merge Request Hook', mergeRequestPayload(this.instance, event));
  }

  private hooksOf(project: Project, listens: (hook: Hook) => boolean): Hook[] {
    return [...project.hooks.values()].filter(
      (hook) => listens(hook) && this.alertStatus(hook) === 'executable',
    );
  }

  private deliver(hooks: readonly Hook[], kind: HookKind, payload: object): void {
    const event = this.nextId();
    for (const hook of hooks) this.dispatch(this.deliveryTo(hook, kind, payload, event));
  }

  private dispatch(delivery: Delivery): void {
    if (!this.sender) return void this.queued.push(delivery);
    const run: Promise<void> = this.send(delivery).then(() => void this.underWay.delete(run));
    this.underWay.add(run);
  }

  private deliveryTo(hook: Hook, kind: HookKind, payload: object, event = this.nextId()): Delivery {
    const { features, url, clock } = this.instance;
    const body = JSON.stringify(payload);
    const id = this.nextId();
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const headers: Record<string, string> = {
      ...Object.fromEntries(hook.customHeaders.map(({ key, value }) => [key, value])),
      'Content-Type': 'application/json',
      'User-Agent': `GitLab/${features.version}`,
      'X-Gitlab-Event': kind,
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

  /** GitLab counts 2xx and 3xx as success, and everything else as failure, a missing response included. */
  private count(hook: Hook, { status }: DeliveryAnswer): void {
    const failed = status === null || status >= 400;
    hook.failures = failed ? hook.failures + 1 : 0;
    hook.disabledUntil = null;
    if (hook.failures < DISABLING_FAILURES) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (hook.failures - DISABLING_FAILURES), LONGEST_PAUSE_MS);
    hook.disabledUntil = new Date(this.instance.clock.now().getTime() + pause);
  }

  /** Returns an id that looks like a UUID and is the same in every run of a test. */
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
