import { TestService, type Client } from '../support/service';
import type { ServiceProcess } from '../support/service-process';
import { WebhookSink } from '../support/webhook-sink';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** Time for one attempt; a claim lasts six times as long. */
const TIMEOUT_MS = 2_000;
const ORGS = 3;

describe('Messages and the processes that send them', () => {
  let service: TestService;
  let sink: WebhookSink;
  let workers: ServiceProcess[] = [];

  beforeAll(async () => {
    sink = await WebhookSink.start();
    service = await TestService.start('distributed', {
      roles: ['web'],
      notifications: { allowPrivate: ['127.0.0.1'], everyMs: 50, timeoutMs: TIMEOUT_MS },
    });
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    workers = [];
  });
  afterAll(async () => {
    await service.stop();
    await sink.close();
  });

  const start = async () => {
    const worker = service.startWorker();
    workers.push(worker);
    return worker.ready();
  };
  const idsReceived = (org: string) =>
    sink.received
      .filter(({ text }) => (JSON.parse(text) as { data: { org: string } }).data.org === org)
      .map(({ headers }) => String(headers['webhook-id']));

  /** Connects an org with a webhook for its messages. Its sync is at rest. */
  async function arrive(name: string): Promise<{ admin: Client; stop: () => Promise<void> }> {
    const admin = await service.as({ org: name });
    const { id } = service.gitlab.givenProject(`ada/${name}`, { files: { 'notes/a.md': 'a\n' } });
    const token = service.gitlab.givenToken('ada');
    await admin.put('gitlab/connection', { token: token.value, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.put('gitlab/notifications', { webhook: { url: `${sink.url}/hook`, secret } }).expect(200);
    await admin.settled();
    const stop = async () => {
      token.revoked = true;
      await admin.post('gitlab/pull').expect(202);
    };
    return { admin, stop };
  }

  it('a message of a worker that was killed while it sent it is sent by the next one, with the same id', async () => {
    await start();
    const { admin, stop } = await arrive('killed');
    sink.fault = 'hangs';
    await stop();
    await sink.until(1);
    await workers.pop()!.kill();
    sink.fault = 'none';
    await start();
    const channels = await admin.until(async () => {
      const { body } = await admin.get('gitlab/notifications').expect(200);
      return body.channels[0].deliveredAt && body.channels;
    });
    expect(channels).toMatchObject([{ channel: 'webhook', failure: null }]);
    const ids = idsReceived('killed');
    expect(ids).toEqual([ids[0], ids[0]]);
  }, 240_000);

  it('two workers send each message once', async () => {
    await Promise.all([start(), start()]);
    const names = Array.from({ length: ORGS }, (_, index) => `shared-${index}`);
    const orgs = await Promise.all(names.map(arrive));
    await Promise.all(orgs.map(({ stop }) => stop()));
    for (const { admin } of orgs)
      await admin.until(async () => {
        const { body } = await admin.get('gitlab/notifications').expect(200);
        return body.channels[0].deliveredAt;
      });
    expect(names.map((name) => idsReceived(name).length)).toEqual(names.map(() => 1));
  }, 240_000);
});
