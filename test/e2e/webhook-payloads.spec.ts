import { createHmac, randomUUID } from 'node:crypto';
import { TestService, type Client } from '../support/service';
import {
  expectedOf,
  payloadsByHand,
  recordedPayloads,
  type WebhookPayload,
} from '../support/webhook-payloads';

const recorded = recordedPayloads();

/** Sends payloads of real instances to the whole service: it answers each 2xx with the reason, and nothing breaks. */
describe('Payloads of GitLab', () => {
  let service: TestService;
  let admin: Client;
  let webhook: { readonly url: string; readonly secret: string; readonly signingToken: string };

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    const { gitlab } = service;
    const token = gitlab.givenToken('mike').value;
    // The project that GitLab's examples are about has the id 15 and the branch master.
    let project = gitlab.givenProject('mike/diaspora-0', { defaultBranch: 'master', files: { 'a.md': 'a' } });
    for (let n = 1; project.id < 15; n++)
      project = gitlab.givenProject(`mike/diaspora-${n}`, {
        defaultBranch: 'master',
        files: { 'a.md': 'a' },
      });
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id, branch: 'master' }).expect(200);
    await admin.settled();
    webhook = await admin.webhook();
  });
  afterAll(() => service.stop());

  const proven = () => ({ 'X-Gitlab-Token': webhook.secret });
  const signed = (body: Buffer) => {
    const [id, timestamp] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
    const key = Buffer.from(webhook.signingToken.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  };

  async function answerTo({ event, bytes }: WebhookPayload, proof: Record<string, string>) {
    const headers = { 'Content-Type': 'application/json', 'X-Gitlab-Event': event, ...proof };
    const answer = await fetch(webhook.url, { method: 'POST', headers, body: new Uint8Array(bytes) });
    return { status: answer.status, body: await answer.json() };
  }

  const right = (payload: WebhookPayload) => {
    const reason = expectedOf(payload);
    return reason === 'accepted'
      ? { status: 202, body: { status: 'accepted' } }
      : { status: 200, body: { status: 'ignored', reason } };
  };

  it.each(payloadsByHand)('$name', async (payload) => {
    expect(await answerTo(payload, proven())).toEqual(right(payload));
    expect(await answerTo(payload, signed(payload.bytes))).toEqual(right(payload));
  });

  if (recorded.length)
    describe('recorded', () => {
      it.each(recorded)('$name', async (payload) => {
        expect(await answerTo(payload, proven())).toEqual(right(payload));
        expect(await answerTo(payload, signed(payload.bytes))).toEqual(right(payload));
      });

      it('are of every sort', () => {
        const sorts = new Set(recorded.map(expectedOf));
        expect(sorts).toEqual(new Set(['accepted', 'other_event', 'other_project']));
      });
    });
  else it.skip('recorded: TEST_GITLAB_PAYLOADS names their directory', () => undefined);

  it('leave the sync in sync', async () => {
    expect(await admin.settled()).toMatchObject({ health: 'ok' });
  });
});
