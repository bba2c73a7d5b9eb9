import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { InMemoryTables } from '@app/database/testing';
import { DatabaseUnavailable, ManualClock, orgId, type OrgId } from '@app/kernel';
import { InMemoryWebhookEndpoints, WebhookEndpoint } from '@app/webhooks/testing';
import { VerifyDueHooks } from './verify-due-hooks';
import type { CheckHook } from './check-hook';

const START = new Date('2026-01-01T12:00:00Z');
const HOUR_MS = 3_600_000;

async function givenHooks(count: number) {
  const clock = new ManualClock(START);
  const endpoints = new InMemoryWebhookEndpoints(new InMemoryTables());
  const orgs = Array.from({ length: count }, (_, number) => orgId(`org-${number}`));
  for (const [number, org] of orgs.entries()) {
    const keys = { id: randomUUID(), sealed: 'sealed' };
    const checkedAt = new Date(START.getTime() + number);
    const hook = { hookId: 1, projectId: 1, connectionId: randomUUID(), keysId: keys.id, signs: true };
    const endpoint = WebhookEndpoint.create(org, randomUUID(), keys, START);
    await endpoints.save(endpoint.withHook({ ...hook, condition: 'working', checkedAt }));
  }
  clock.advance(HOUR_MS + count);

  const looked: OrgId[] = [];
  let atOnce = 0;
  let most = 0;
  /** Builds one worker process. */
  const watch = (during: (org: OrgId) => void = () => undefined) => {
    const execute = async (org: OrgId) => {
      looked.push(org);
      most = Math.max(most, ++atOnce);
      await new Promise(setImmediate);
      atOnce--;
      during(org);
    };
    return new VerifyDueHooks(endpoints, { execute } as CheckHook, clock);
  };
  return { clock, orgs, looked, watch, most: () => most };
}

describe('A round of hook checks', () => {
  it('takes the longest unchecked hooks first, some at a time', async () => {
    const { orgs, looked, watch, most } = await givenHooks(130);
    expect(await watch().execute()).toBe(100);
    expect(looked).toEqual(orgs.slice(0, 100));
    expect(most()).toBe(8);
    expect(await watch().execute()).toBe(30);
    expect(looked).toEqual(orgs);
  });

  it('goes to each hook once, however many processes go round, until an hour is over', async () => {
    const { clock, orgs, looked, watch } = await givenHooks(130);
    const rounds = () => Promise.all([watch(), watch(), watch()].map((one) => one.execute()));
    await rounds();
    expect([...looked].sort()).toEqual([...orgs].sort());
    clock.advance(HOUR_MS);
    await rounds();
    expect(looked).toHaveLength(130);
    clock.advance(1);
    await rounds();
    expect(looked).toHaveLength(260);
  });

  it('continues with the others when one check fails', async () => {
    Logger.overrideLogger(false);
    const { looked, watch } = await givenHooks(30);
    const failing = watch(() => {
      throw new Error('as expected by the spec');
    });
    expect(await failing.execute()).toBe(30);
    expect(looked).toHaveLength(30);
  });

  it('ends with the running checks when the database is unavailable, which is logged elsewhere', async () => {
    const logged: unknown[] = [];
    Logger.overrideLogger({
      error: (line) => logged.push(line),
      warn: () => undefined,
      log: () => undefined,
    });
    const { looked, watch } = await givenHooks(30);
    const away = watch(() => {
      throw new DatabaseUnavailable('as expected by the spec');
    });
    await expect(away.execute()).rejects.toThrow(DatabaseUnavailable);
    Logger.overrideLogger(false);
    expect(looked).toHaveLength(8);
    expect(logged).toEqual([]);
  });

  it('ends after the running checks when the process stops', async () => {
    const { looked, watch } = await givenHooks(30);
    const stopping = new AbortController();
    await watch(() => stopping.abort()).execute(stopping.signal);
    expect(looked).toHaveLength(8);
  });
});
