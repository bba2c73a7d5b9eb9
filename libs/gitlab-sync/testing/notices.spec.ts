import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ManualClock, orgId, type Actor } from '@app/kernel';
import { Notifier, type Notice } from '@app/notifications';
import { WebhookSink } from '../../../test/support/webhook-sink';
import { GitLabSync } from '../src/gitlab-sync';
import { GitLabSyncTestingModule, type GitLabSyncTestingOptions } from './gitlab-sync-testing.module';

const ADA: Actor = { subject: 'ada', name: 'Ada', role: 'admin', address: '-' };
const ACME = orgId('acme');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

class KeptNotices extends Notifier {
  readonly calls: { readonly notice: Notice; readonly id: string }[] = [];
  fails = false;

  notify(notice: Notice, id: string): void {
    this.calls.push({ notice, id });
    if (this.fails) throw new Error('no one is there');
  }

  get kinds(): string[] {
    return this.calls.map(({ notice }) => notice.kind);
  }
}

let app: INestApplication | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** Connects an org whose sync is at rest. */
async function synced(options: GitLabSyncTestingOptions) {
  const testing = GitLabSyncTestingModule.forRoot({ clock: new ManualClock(), ...options });
  const module = await Test.createTestingModule({ imports: [testing] }).compile();
  app = await module.createNestApplication({ logger: false }).init();
  const { gitlab, clock } = testing;
  const project = gitlab.givenProject('ada/context', { files: { 'notes/b.md': 'B\n' } });
  const sync = app.get(GitLabSync);
  const token = gitlab.givenToken('ada', { expiresAt: new Date(clock.now().getTime() + 30 * DAY) });
  await sync.connect(ACME, { token: token.value }, ADA);
  await sync.configure(ACME, { projectId: project.id }, ADA);
  await testing.settle();
  const tick = async (ms = 0) => {
    clock.advance(ms);
    await testing.settle();
  };
  const push = (path: string, content: string) => {
    clock.advance(60_000);
    gitlab.git.push(project, 'main', { files: { [path]: content } });
    return sync.pull(ACME, ADA).then(testing.settle);
  };
  return { sync, token, tick, push, clock };
}

const givenHost = async () => {
  const notifier = new KeptNotices();
  return { notifier, ...(await synced({ notifier: { provide: Notifier, useValue: notifier } })) };
};

describe('a notifier of the host', () => {
  it('is called when the sync stops and when it works again, and not in between', async () => {
    const { notifier, sync, token, tick } = await givenHost();
    token.revoked = true;
    await sync.pull(ACME, ADA);
    for (const wait of [0, HOUR, HOUR]) await tick(wait);
    expect(notifier.calls.map(({ notice }) => notice)).toMatchObject([
      { kind: 'needs_person', code: 'token_rejected', detail: expect.stringMatching(/\w/) },
    ]);
    await sync.pull(ACME, ADA);
    await tick();
    expect(notifier.kinds).toEqual(['needs_person']);
    token.revoked = false;
    await sync.pull(ACME, ADA);
    for (const wait of [0, HOUR]) await tick(wait);
    expect(notifier.kinds).toEqual(['needs_person', 'works_again']);
    const [{ notice: stopped }, { notice: works }] = notifier.calls;
    expect(works).toMatchObject({
      code: 'token_rejected',
      runId: expect.not.stringMatching(JSON.stringify(stopped)),
    });
  });

  it('receives no notice of a sync that was ended while it was stopped', async () => {
    const { notifier, sync, token, tick } = await givenHost();
    token.revoked = true;
    await sync.pull(ACME, ADA);
    await tick();
    await sync.disconnect(ACME, ADA);
    await tick();
    expect(notifier.kinds).toEqual(['needs_person']);
  });

  it('receives notices of files that are kept out and of files that are no longer', async () => {
    const { notifier, push } = await givenHost();
    await push('notes/c.yaml', 'a: [');
    await push('notes/d.md', 'd');
    await push('notes/c.yaml', 'a: 1');
    expect(notifier.calls.map(({ notice }) => notice)).toMatchObject([
      { kind: 'files_kept_out', files: 1, list: [{ path: 'notes/c.yaml', reason: 'yaml_invalid' }] },
      { kind: 'files_let_in', files: 1, paths: ['notes/c.yaml'] },
    ]);
  });

  it('receives a notice of conflicts at most once an hour', async () => {
    const { notifier, sync, push, tick } = await givenHost();
    for (const text of ['one', 'two', 'three']) {
      await sync.context.write(ACME, 'notes/b.md', Buffer.from(`${text} in Dot`), ADA);
      await push('notes/b.md', `${text} on GitLab`);
    }
    expect(notifier.calls.map(({ notice }) => notice)).toMatchObject([{ kind: 'conflicts_kept', files: 1 }]);
    await tick(HOUR);
    expect(notifier.kinds).toEqual(['conflicts_kept', 'conflicts_kept']);
  });

  it('is called again with the same id when it fails, and is given up after a day', async () => {
    const { notifier, sync, token, tick } = await givenHost();
    [notifier.fails, token.revoked] = [true, true];
    await sync.pull(ACME, ADA);
    for (let hours = 0; hours < 30; hours++) await tick(HOUR);
    expect(notifier.calls.length).toBeGreaterThan(20);
    expect(new Set(notifier.calls.map(({ id }) => id)).size).toBe(1);
    const before = notifier.calls.length;
    for (let hours = 0; hours < 30; hours++) await tick(HOUR);
    expect(notifier.calls.length).toBe(before);
  });
});

describe('the channels of an org', () => {
  let sink: WebhookSink;
  beforeEach(async () => (sink = await WebhookSink.start()));
  afterEach(() => sink.close());

  const typesReceived = () => sink.received.map(({ text }) => (JSON.parse(text) as { type: string }).type);
  const givenChannels = () => synced({ notifications: { allowPrivate: ['127.0.0.1'] } });

  it('receive a stop once', async () => {
    const { sync, token, tick } = await givenChannels();
    await sync.changeNotifications(ACME, { webhook: { url: `${sink.url}/hook`, secret } }, ADA);
    token.revoked = true;
    await sync.pull(ACME, ADA);
    for (const wait of [0, HOUR]) await tick(wait);
    expect(typesReceived()).toEqual(['gitlab_sync.needs_person']);
  });

  it('show the last failure until a message arrives', async () => {
    const { sync, token, tick } = await givenChannels();
    await sync.changeNotifications(ACME, { webhook: { url: `${sink.url}/hook`, secret } }, ADA);
    [sink.fault, token.revoked] = ['refuses', true];
    await sync.pull(ACME, ADA);
    await tick();
    expect((await sync.notifications(ACME)).channels).toMatchObject([
      { channel: 'webhook', deliveredAt: null, failure: { detail: 'the receiver answered 500' } },
    ]);
    for (let hours = 0; hours < 30; hours++) await tick(HOUR);
    const [{ failure }] = (await sync.notifications(ACME)).channels;
    expect(failure).toMatchObject({ retryAt: null });
    sink.fault = 'none';
    expect(await sync.testNotifications(ACME, ADA)).toEqual({
      results: [{ channel: 'webhook', ok: true, detail: null }],
    });
    expect((await sync.notifications(ACME)).channels).toMatchObject([{ failure: null }]);
  });

  it('receive at most ten messages in an hour', async () => {
    const { sync, push, tick } = await givenChannels();
    await sync.changeNotifications(ACME, { webhook: { url: `${sink.url}/hook`, secret } }, ADA);
    for (let turn = 0; turn < 8; turn++) {
      await push('notes/c.yaml', 'a: [');
      await push('notes/c.yaml', `a: ${turn}`);
    }
    expect(sink.received).toHaveLength(10);
    await tick(HOUR);
    expect(sink.received).toHaveLength(10);
    await push('notes/c.yaml', 'a: [');
    expect(sink.received).toHaveLength(11);
  });

  it('are dropped with their messages when they are removed', async () => {
    const { sync, token, tick } = await givenChannels();
    await sync.changeNotifications(ACME, { webhook: { url: `${sink.url}/hook`, secret } }, ADA);
    [sink.fault, token.revoked] = ['refuses', true];
    await sync.pull(ACME, ADA);
    await tick();
    await sync.changeNotifications(ACME, { webhook: null }, ADA);
    const before = sink.received.length;
    for (let hours = 0; hours < 3; hours++) await tick(HOUR);
    expect(sink.received).toHaveLength(before);
    expect(await sync.notifications(ACME)).toMatchObject({ webhook: null, channels: [] });
  });
});
