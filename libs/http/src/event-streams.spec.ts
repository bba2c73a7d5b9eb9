import type { MessageEvent } from '@nestjs/common';
import { lastValueFrom, NEVER, of, type Observable } from 'rxjs';
import { ManualClock, orgId, type Caller } from '@app/kernel';
import { EventStreams } from './event-streams';

const DAY_MS = 24 * 60 * 60 * 1000;

const callerOf = (org: string | null, subject: string, more: Partial<Caller> = {}): Caller => ({
  subject,
  role: org ? 'member' : 'operator',
  org: org ? orgId(org) : null,
  author: { name: subject, email: `${subject}@example.com` },
  address: '10.0.0.1',
  ...more,
});
const ada = callerOf('acme', 'ada');
const bob = callerOf('acme', 'bob');

function givenStreams(limits = { perOrg: 3, perCaller: 2 }) {
  const clock = new ManualClock();
  const streams = new EventStreams(clock, limits);
  const open = async (caller: Caller, source: Observable<MessageEvent> = NEVER) => {
    const over = new AbortController();
    const stream = await streams.open(caller, over.signal, async () => source);
    return { stream, over };
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, streams, open, turn };
}

const refusal = { code: 'too_many_streams', message: expect.stringContaining('Close one') };

describe('The event streams of a process', () => {
  it('are so many for each caller, and for each org', async () => {
    const { open } = givenStreams();
    await open(ada);
    await open(ada);
    await expect(open(ada)).rejects.toMatchObject(refusal);
    await open(bob);
    await expect(open(bob)).rejects.toMatchObject(refusal);
    await open(callerOf('other', 'ada'));
    await open(callerOf(null, 'ada'));
  });

  it('ask for nothing if there is no room', async () => {
    const { open, streams } = givenStreams({ perOrg: 1, perCaller: 1 });
    await open(ada);
    let asked = false;
    const source = async () => ((asked = true), NEVER);
    await expect(streams.open(ada, new AbortController().signal, source)).rejects.toMatchObject(refusal);
    expect(asked).toBe(false);
  });

  it('give their place back once, however they end', async () => {
    const { open, streams } = givenStreams({ perOrg: 1, perCaller: 1 });
    for (let round = 0; round < 5; round++) {
      const { over, stream } = await open(ada, of({ data: 'only' }));
      expect(await lastValueFrom(stream)).toEqual({ data: 'only' });
      await expect(open(ada)).rejects.toMatchObject(refusal);
      over.abort();
      over.abort();
    }
    const failing = new AbortController();
    const fail = streams.open(ada, failing.signal, () => Promise.reject(new Error('no such run')));
    await expect(fail).rejects.toThrow('no such run');
    failing.abort();
    await open(ada);
  });

  it('take no place for a client that has gone already', async () => {
    const { open, streams } = givenStreams({ perOrg: 1, perCaller: 1 });
    await streams.open(ada, AbortSignal.abort(), async () => NEVER);
    await open(ada);
  });

  it('end when the token does, also one that lasts longer than a timer', async () => {
    const { clock, open, turn } = givenStreams();
    const expiresAt = new Date(clock.now().getTime() + 40 * DAY_MS);
    const { stream } = await open(callerOf('acme', 'ada', { expiresAt }));
    let ended = false;
    stream.subscribe({ complete: () => (ended = true) });
    for (const days of [20, 19, 1]) {
      expect(ended).toBe(false);
      clock.advance(days * DAY_MS);
      await turn();
    }
    expect(ended).toBe(true);
  });

  it('send a comment every 25 seconds until they end, so that no proxy cuts an idle one', async () => {
    const { clock, open, turn } = givenStreams();
    const sent: MessageEvent[] = [];
    const listening = (await open(ada)).stream.subscribe((event) => sent.push(event));
    for (const seconds of [24, 1, 25]) {
      clock.advance(seconds * 1000);
      await turn();
    }
    expect(sent).toEqual([{ comment: 'keep-alive' }, { comment: 'keep-alive' }]);
    listening.unsubscribe();
    clock.advance(25_000);
    await turn();
    expect(sent).toHaveLength(2);
  });

  it('end when the process stops', async () => {
    const { open, streams } = givenStreams();
    const { stream } = await open(ada);
    const ended = lastValueFrom(stream, { defaultValue: 'ended' });
    streams.onModuleDestroy();
    expect(await ended).toBe('ended');
    expect(await lastValueFrom((await open(bob)).stream, { defaultValue: 'ended' })).toBe('ended');
  });
});
