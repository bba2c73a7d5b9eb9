import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { FakeAct } from '@app/audit/testing';
import { orgId } from '@app/kernel';
import { ACME } from '../../../../../test/support/accounts';
import { givenWebhooks, type Webhooks } from '../../../../../test/support/webhooks';

const OTHER = orgId('other');
const MIB = 1024 * 1024;

let hooks: Webhooks;
beforeEach(async () => (hooks = await givenWebhooks()));

const refusal = (reason: string) => ({ kind: 'unauthenticated', reason });

describe('A delivery', () => {
  it('of a push to the branch requests a pull and is logged with the run', async () => {
    expect(await hooks.send()).toEqual({ status: 'accepted' });
    const { items } = await hooks.deliveries.list(ACME, {});
    expect(items).toMatchObject([
      {
        event: 'Push Hook',
        commit: 'b'.repeat(40),
        outcome: 'accepted',
        runId: (await hooks.sync.waiting())!.id,
      },
    ]);
  });

  it.each<[string, () => object, string]>([
    ['another event', () => ({ event: 'Note Hook' }), 'other_event'],
    ['another branch', () => ({ payload: hooks.push({ ref: 'refs/heads/x' }) }), 'other_branch'],
    ['another project', () => ({ payload: hooks.push({ project_id: 4711 }) }), 'other_project'],
  ])('of %s is ignored', async (_, sending, reason) => {
    expect(await hooks.send(sending())).toEqual({ status: 'ignored', reason });
    expect(await hooks.log()).toEqual([`ignored: ${reason}`]);
    expect(await hooks.sync.waiting()).toBeNull();
  });

  it('of the own commit is ignored', async () => {
    await hooks.sync.givenBase(ACME, 'b'.repeat(40));
    expect(await hooks.send()).toEqual({ status: 'ignored', reason: 'own_commit' });
    const moved = hooks.push({ project: { path_with_namespace: 'ada/handbook' } });
    expect(await hooks.send({ payload: moved })).toEqual({ status: 'accepted' });
  });

  it('of a deleted branch requests a pull', async () => {
    expect(await hooks.send({ payload: hooks.push({ after: '0'.repeat(40) }) })).toEqual({
      status: 'accepted',
    });
  });

  it('is ignored while automatic pulls are off', async () => {
    await hooks.projects.update({ org: ACME, autoPull: false }, new FakeAct());
    expect(await hooks.send()).toEqual({ status: 'ignored', reason: 'auto_pull_off' });
  });

  it('is ignored while no project is configured', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    await hooks.projects.remove(ACME, new FakeAct());
    const answer = await hooks.send({ endpointId, token });
    expect(answer).toEqual({ status: 'ignored', reason: 'not_configured' });
  });

  it('that comes twice is accepted once', async () => {
    expect(await hooks.send({ key: 'id-1' })).toEqual({ status: 'accepted' });
    expect(await hooks.send({ key: 'id-1' })).toEqual({ status: 'ignored', reason: 'duplicate' });
    expect(await hooks.send({ key: 'id-2' })).toEqual({ status: 'accepted' });
    expect(await hooks.log()).toEqual(['accepted', 'ignored: duplicate', 'accepted']);
  });

  it('that was refused or ignored may come again', async () => {
    await expect(hooks.send({ key: 'id-1', token: 'wrong' })).rejects.toMatchObject(refusal('secret_wrong'));
    await hooks.send({ key: 'id-1', event: 'Note Hook' });
    expect(await hooks.send({ key: 'id-1' })).toEqual({ status: 'accepted' });
  });

  it('is never answered with an error once it is proven, even when it cannot be recorded', async () => {
    Logger.overrideLogger(false);
    await hooks.sync.givenItFailsFor(ACME);
    expect(await hooks.send({ key: 'id-1' })).toEqual({ status: 'ignored', reason: 'unavailable' });
    expect(await hooks.log()).toEqual([]);
  });
});

describe('While the database is unavailable, a delivery', () => {
  const UNAVAILABLE = { status: 'ignored', reason: 'unavailable' };
  const away = async <T>(work: () => Promise<T>): Promise<T> => {
    hooks.tables.givenUnavailable(true);
    try {
      return await work();
    } finally {
      hooks.tables.givenUnavailable(false);
    }
  };

  it('is acknowledged and taken once the database is back, with the time it came', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    const at = hooks.clock.now();
    await away(async () => {
      expect(await hooks.send({ endpointId, token, key: 'id-1' })).toEqual(UNAVAILABLE);
      hooks.clock.advance(3000);
      await hooks.buffer.flush();
    });
    expect(await hooks.log()).toEqual([]);
    await hooks.buffer.flush();
    expect((await hooks.deliveries.list(ACME, {})).items).toMatchObject([{ outcome: 'accepted', at }]);
    expect(await hooks.send({ key: 'id-1' })).toEqual({ status: 'ignored', reason: 'duplicate' });
    await hooks.buffer.flush();
    expect(await hooks.log()).toHaveLength(2);
  });

  it('may be proven by only its signature, however long it has to wait', async () => {
    const { endpointId, signingToken } = await hooks.shown();
    const payload = hooks.push();
    const headers = signed(signingToken, JSON.stringify(payload));
    await away(() => hooks.send({ endpointId, token: null, headers, payload }));
    hooks.clock.advance(60 * 60_000);
    await hooks.buffer.flush();
    expect(await hooks.log()).toEqual(['accepted']);
  });

  it('has to prove itself anyway', async () => {
    const { endpointId } = await hooks.shown();
    const unknown = 'x'.repeat(endpointId.length);
    await away(async () => {
      expect(await hooks.send({ endpointId, token: 'wrong' })).toEqual(UNAVAILABLE);
      expect(await hooks.send({ endpointId: unknown, token: 'wrong' })).toEqual(UNAVAILABLE);
    });
    await hooks.buffer.flush();
    expect(await hooks.log()).toEqual(['refused: secret_wrong']);
    expect(await hooks.sync.waiting()).toBeNull();
  });

  it('is ingested later even if the database fails after the sender was found', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    async function* body() {
      hooks.tables.givenUnavailable(true);
      yield Buffer.from(JSON.stringify(hooks.push()));
    }
    const sent = { ...delivery(endpointId), proof: { token }, body: Readable.from(body()) };
    expect(await hooks.ingestDelivery.execute(sent)).toEqual(UNAVAILABLE);
    hooks.tables.givenUnavailable(false);
    await hooks.buffer.flush();
    expect(await hooks.log()).toEqual(['accepted']);
  });

  it('is not read if it is too long to be kept', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    let read = false;
    async function* body() {
      read = true;
      yield Buffer.alloc(0);
    }
    const sent = {
      ...delivery(endpointId),
      proof: { token },
      declaredBytes: MIB + 1,
      body: Readable.from(body()),
    };
    expect(await away(() => hooks.ingestDelivery.execute(sent))).toEqual(UNAVAILABLE);
    await hooks.buffer.flush();
    expect([read, await hooks.log()]).toEqual([false, []]);
  });

  it('is kept up to 1,000 of them and 16 MiB', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    const send = (key: string, raw: Buffer) =>
      hooks.send({ endpointId, token, key, raw, declaredBytes: raw.length });
    const large = Buffer.from(JSON.stringify(hooks.push({ padding: 'x'.repeat(MIB / 2) })));
    await away(async () => {
      for (let number = 0; number < 40; number++)
        expect(await send(`large ${number}`, large)).toEqual(UNAVAILABLE);
    });
    await hooks.buffer.flush();
    expect(await total()).toBe(31);
    const small = Buffer.from(JSON.stringify(hooks.push()));
    await away(async () => {
      for (let number = 0; number < 1100; number++) await send(`${number}`, small);
    });
    await hooks.buffer.flush();
    expect(await total()).toBe(1031);
  });

  it('takes no room where its body breaks off or turns out to be small', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    const signed = { ...delivery(endpointId), proof: { token } };
    const chunked = (body: AsyncGenerator<Uint8Array>) =>
      hooks.ingestDelivery.execute({ ...signed, body: Readable.from(body) });
    async function* short() {
      yield Buffer.from('{}');
    }
    await away(async () => {
      for (let number = 0; number < 20; number++) await chunked(breakingOff());
      for (let number = 0; number < 20; number++) await chunked(short());
      await hooks.buffer.flush();
    });
    await hooks.buffer.flush();
    expect(await total()).toBe(20);
  });

  async function total(): Promise<number> {
    const { items } = await hooks.deliveries.list(ACME, {});
    return items.reduce((sum, { coalesced }) => sum + 1 + coalesced, 0);
  }
});

it('While the key is missing that seals the secrets, a delivery is acknowledged and moves nothing', async () => {
  Logger.overrideLogger(false);
  const { endpointId, secret: token } = await hooks.shown();
  hooks.keys.rotate();
  await hooks.rotateSecret.execute(ACME, new FakeAct());
  hooks.keys.forget(hooks.keys.current().id);
  const { url, advice } = (await hooks.service.view(ACME))!;
  expect([url.endsWith(endpointId), advice]).toEqual([true, expect.stringContaining('SECRETS_KEYS')]);
  const act = new FakeAct();
  await expect(hooks.readSecret.execute(ACME, act)).rejects.toMatchObject({ code: 'vault_key_unknown' });
  expect(act.recorded).toEqual([]);
  expect(await hooks.send({ endpointId, token })).toEqual({ status: 'ignored', reason: 'unavailable' });
  expect(await hooks.sync.waiting()).toBeNull();
});

describe('The commit that is announced with a pull', () => {
  const [B, C] = ['b'.repeat(40), 'c'.repeat(40)];
  const pushed = (more: object) => hooks.send({ payload: hooks.push(more) });

  it('is the one that the branch is said to point to', async () => {
    await pushed({ after: B });
    expect(await hooks.sync.waiting()).toMatchObject({ kind: 'pull', announced: B });
  });

  it.each<[string, object]>([
    ['a branch that was made anew', { before: '0'.repeat(40), after: B }],
    ['a branch that was deleted', { after: '0'.repeat(40) }],
    ['something that is no commit', { after: 'main' }],
    ['nothing', { after: undefined }],
    ['a project that moved', { after: B, project: { path_with_namespace: 'ada/handbook' } }],
  ])('is none with %s', async (_, more) => {
    await pushed(more);
    expect(await hooks.sync.waiting()).toMatchObject({ kind: 'pull', announced: null });
  });

  it('is none if deliveries that arrive together name several', async () => {
    await Promise.all([B, B].map((after) => pushed({ after })));
    expect(await hooks.sync.waiting()).toMatchObject({ kind: 'pull', announced: B });
    await Promise.all([B, C, B].map((after) => pushed({ after })));
    expect(await hooks.sync.waiting()).toMatchObject({ kind: 'pull', announced: null });
  });

  it('is not taken from deliveries that are ignored', async () => {
    const aside = pushed({ after: C, ref: 'refs/heads/x' });
    await Promise.all([aside, pushed({ after: B })]);
    expect(await hooks.sync.waiting()).toMatchObject({ kind: 'pull', announced: B });
  });
});

describe('A flood', () => {
  const total = (items: readonly { coalesced: number }[]) =>
    items.reduce((sum, { coalesced }) => sum + 1 + coalesced, 0);

  it('of a thousand deliveries a second becomes few rows that count them all, and one run', async () => {
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, id) => hooks.send({ key: `${id}` })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['accepted']));
    const { items } = await hooks.deliveries.list(ACME, {});
    expect(items).toHaveLength(10);
    expect(total(items)).toBe(1000);
    expect(new Set(items.map(({ runId }) => runId))).toEqual(new Set([(await hooks.sync.waiting())!.id]));
  });

  it('that is sent again is known, also if it has no row of its own', async () => {
    const sendAll = () => Promise.all(Array.from({ length: 60 }, (_, id) => hooks.send({ key: `${id}` })));
    await sendAll();
    hooks.clock.advance(2000);
    const again = await sendAll();
    expect(again.filter(({ status }) => status === 'accepted')).toEqual([]);
  });

  it('of repeated deliveries is accepted once, and counted', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => hooks.send({ key: 'id-1' })));
    expect(answers.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    const { items } = await hooks.deliveries.list(ACME, {});
    expect(total(items)).toBe(100);
  });

  it('of many kinds shows each kind', async () => {
    for (let i = 0; i < 30; i++) await hooks.send();
    for (let i = 0; i < 30; i++) await hooks.send({ event: 'Note Hook' });
    for (let i = 0; i < 30; i++) await hooks.send({ token: 'wrong' }).catch(() => undefined);
    const { items } = await hooks.deliveries.list(ACME, {});
    expect(items.slice(0, 2)).toMatchObject([
      { reason: 'secret_wrong', coalesced: 29 },
      { reason: 'other_event', coalesced: 29 },
    ]);
    expect(total(items)).toBe(90);
  });

  it('of many events shows each event', async () => {
    const events = ['Note Hook', 'Job Hook', 'Pipeline Hook'];
    for (const event of events) for (let i = 0; i < 30; i++) await hooks.send({ event });
    const { items } = await hooks.deliveries.list(ACME, {});
    expect(new Set(items.map(({ event }) => event))).toEqual(new Set(events));
    const countOf = (event: string) => total(items.filter((row) => row.event === event));
    expect(events.map(countOf)).toEqual([30, 30, 30]);
  });

  it('of events that GitLab does not know has no more rows for that', async () => {
    for (let i = 0; i < 500; i++) await hooks.send({ event: `Event ${i}` });
    const { items } = await hooks.deliveries.list(ACME, {});
    expect(total(items)).toBe(500);
    expect(items.length).toBeLessThan(50);
  });

  it('of refusals has one row, whatever events they name', async () => {
    for (let i = 0; i < 30; i++)
      await hooks.send({ token: 'wrong', event: `Event ${i}` }).catch(() => undefined);
    expect((await hooks.deliveries.list(ACME, {})).items).toMatchObject([{ coalesced: 29 }]);
  });

  it('is over with the second, and is none of another org', async () => {
    await hooks.configure(OTHER);
    for (let i = 0; i < 20; i++) await hooks.send();
    const { endpointId, secret: token } = await hooks.shown(OTHER);
    await hooks.send({ endpointId, token });
    expect((await hooks.deliveries.list(OTHER, {})).items).toMatchObject([{ coalesced: 0 }]);
    hooks.clock.advance(1000);
    await hooks.send();
    expect((await hooks.deliveries.list(ACME, {})).items[0]).toMatchObject({ coalesced: 0 });
  });

  it('of an org that cannot be recorded is none of the others that arrive with it', async () => {
    Logger.overrideLogger(false);
    await hooks.configure(OTHER);
    await hooks.sync.givenItFailsFor(OTHER);
    const doors = [await hooks.shown(OTHER), await hooks.shown(ACME)];
    const allSettledOrThrow = [...doors, ...doors, ...doors];
    const answers = await Promise.all(
      allSettledOrThrow.map(({ endpointId, secret: token }) => hooks.send({ endpointId, token })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual(Array(3).fill(['ignored', 'accepted']).flat());
    expect(await hooks.log()).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('leaves no more than the last 50, once it is over for ten minutes', async () => {
    for (let second = 0; second < 8; second++) {
      for (let i = 0; i < 10; i++) await hooks.send({ key: `${second} ${i}` });
      hooks.clock.advance(1000);
    }
    hooks.clock.advance(9 * 60_000);
    await hooks.pruning.execute();
    expect(await hooks.send({ key: '0 0' })).toEqual({ status: 'ignored', reason: 'duplicate' });
    hooks.clock.advance(60_000);
    await hooks.pruning.execute();
    expect(await hooks.send({ key: '0 0' })).toEqual({ status: 'accepted' });
  });
});

describe('The body of a delivery', () => {
  it('need not be readable', async () => {
    expect(await hooks.send({ raw: Buffer.from('{"ref": "refs/hea') })).toEqual({ status: 'accepted' });
    expect(await hooks.send({ raw: Buffer.alloc(0) })).toEqual({ status: 'accepted' });
  });

  it('is not parsed when it is long', async () => {
    const payload = hooks.push({ ref: 'refs/heads/x', padding: 'x'.repeat(MIB) });
    expect(await hooks.send({ payload })).toEqual({ status: 'accepted' });
  });

  it('may be 25 MiB long and no longer', async () => {
    expect(await hooks.send({ raw: Buffer.alloc(25 * MIB, ' ') })).toEqual({ status: 'accepted' });
    expect(await hooks.send({ raw: Buffer.alloc(25 * MIB + 1, ' ') })).toEqual({ status: 'too_large' });
    expect(await hooks.send({ declaredBytes: 25 * MIB + 1 })).toEqual({ status: 'too_large' });
  });

  it('may break off: the secret came before it', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    const broken = { ...delivery(endpointId), proof: { token }, body: Readable.from(breakingOff()) };
    expect(await hooks.ingestDelivery.execute(broken)).toEqual({ status: 'accepted' });
  });

  it('must not break off where only the signature proves it', async () => {
    const { endpointId, signingToken } = await hooks.shown();
    const broken = {
      ...delivery(endpointId),
      proof: signed(signingToken, '{"ref":'),
      body: Readable.from(breakingOff()),
    };
    await expect(hooks.ingestDelivery.execute(broken)).rejects.toMatchObject(refusal('signature_wrong'));
  });

  it('is left unread when the secret is wrong', async () => {
    const { endpointId } = await hooks.shown();
    let read = false;
    async function* body() {
      read = true;
      yield Buffer.from('{}');
    }
    const stranger = { ...delivery(endpointId), proof: { token: 'wrong' }, body: Readable.from(body()) };
    await expect(hooks.ingestDelivery.execute(stranger)).rejects.toMatchObject(refusal('secret_wrong'));
    expect(read).toBe(false);
  });
});

describe('The proof of a sender', () => {
  it('is given by the signature, too', async () => {
    const { signingToken } = await hooks.shown();
    const payload = hooks.push();
    const headers = signed(signingToken, JSON.stringify(payload));
    expect(await hooks.send({ token: null, headers, payload })).toEqual({ status: 'accepted' });
    const altered = hooks.send({ token: null, headers, payload: hooks.push({ after: 'c'.repeat(40) }) });
    await expect(altered).rejects.toMatchObject(refusal('signature_wrong'));
  });

  it('fails without a secret', async () => {
    await expect(hooks.send({ token: null })).rejects.toMatchObject(refusal('secret_missing'));
  });

  it.each(['x'.repeat(32), '', '../admin', 'a\0b'])('finds no endpoint %j', async (endpointId) => {
    await expect(hooks.send({ endpointId })).rejects.toMatchObject({ kind: 'not-found', code: 'not_found' });
  });

  it("is not another org's hook, even of the same project id on another instance", async () => {
    const twin = hooks.selfHosted.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
    await hooks.configure(OTHER, hooks.selfHosted.url, twin.id);
    expect(twin.id).toBe(hooks.project.id);
    const { endpointId } = await hooks.shown(OTHER);
    const { secret: token } = await hooks.shown(ACME);
    await expect(hooks.send({ endpointId, token })).rejects.toMatchObject(refusal('secret_wrong'));
    expect(await hooks.sync.waiting()).toBeNull();
    await hooks.send();
    expect(await hooks.sync.waiting(ACME)).not.toBeNull();
    expect(await hooks.sync.waiting(OTHER)).toBeNull();
  });

  it('is shown to the admin as often as someone tries, without pushing out the rest', async () => {
    await hooks.send();
    for (let i = 0; i < 60; i++) await hooks.send({ token: 'wrong' }).catch(() => undefined);
    expect(await hooks.log()).toEqual(['refused: secret_wrong', 'accepted']);
  });

  it('has the old secret for ten minutes after a rotation', async () => {
    const { secret: token } = await hooks.shown();
    await hooks.rotateSecret.execute(ACME, new FakeAct());
    expect(await hooks.send()).toEqual({ status: 'accepted' });
    hooks.clock.advance(10 * 60_000 - 1);
    expect(await hooks.send({ token })).toEqual({ status: 'accepted' });
    hooks.clock.advance(1);
    await expect(hooks.send({ token })).rejects.toMatchObject(refusal('secret_wrong'));
  });

  it('has nothing of before a reconnect, not even what a rotation left', async () => {
    const { endpointId, secret: first } = await hooks.shown();
    await hooks.rotateSecret.execute(ACME, new FakeAct());
    const { secret: second } = await hooks.shown();
    await hooks.connect(hooks.token);
    for (const token of [first, second]) {
      await expect(hooks.send({ endpointId, token })).rejects.toMatchObject(refusal('secret_wrong'));
    }
    const anew = await hooks.shown();
    expect(anew.endpointId).toBe(endpointId);
    expect([first, second]).not.toContain(anew.secret);
    for (const token of [first, second]) {
      await expect(hooks.send({ endpointId, token })).rejects.toMatchObject(refusal('secret_wrong'));
    }
    expect(await hooks.send()).toEqual({ status: 'accepted' });
  });

  it('fails after a disconnect: there is no endpoint then', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    await hooks.credentials.disconnect(ACME, new FakeAct());
    await expect(hooks.send({ endpointId, token })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has nothing left after disconnecting and connecting again', async () => {
    const { endpointId, secret: token } = await hooks.shown();
    await hooks.credentials.disconnect(ACME, new FakeAct());
    expect(await hooks.endpoints.ofOrg(ACME)).toBeNull();
    await hooks.configure();
    await expect(hooks.send({ endpointId, token })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(hooks.send({ token })).rejects.toMatchObject(refusal('secret_wrong'));
  });
});

const delivery = (endpointId: string) => ({ endpointId, event: 'Push Hook', key: null, declaredBytes: 0 });

async function* breakingOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"ref":');
  throw new Error('aborted');
}

function signed(signingToken: string, body: string) {
  const key = Buffer.from(signingToken.slice('whsec_'.length), 'base64');
  const [id, timestamp] = ['id-1', String(hooks.clock.now().getTime() / 1000)];
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { id, timestamp, signature: `v1,${signature}` };
}
