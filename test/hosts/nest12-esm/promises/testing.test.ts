import 'reflect-metadata';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Test } from '@nestjs/testing';
import { expect } from 'expect';
import { GitLabSync, orgId, type Actor } from '@dot/gitlab-sync';
import {
  callerSourceContract,
  clockContract,
  contextStoreContract,
  GitLabSyncTestingModule,
  InMemoryContextStore,
  InMemoryTables,
  ManualClock,
} from '@dot/gitlab-sync/testing';
import { HostCallers } from '../src/access.js';

const runner = { describe, it, beforeEach, expect };
const ADA: Actor = { subject: 'ada', name: 'Ada', role: 'admin', address: '-' };

contextStoreContract(() => ({ store: new InMemoryContextStore(new InMemoryTables()) }), runner);

clockContract(() => {
  const clock = new ManualClock();
  return { clock, pass: (ms) => clock.advance(ms) };
}, runner);

callerSourceContract(() => {
  const known = { user: { org: 'acme', role: 'admin', name: 'ada' } };
  return { callers: new HostCallers(), known: known as never, unknown: {} as never };
}, runner);

describe('the tests of a host', () => {
  it('sync beside a fake GitLab, without PostgreSQL', async () => {
    const { gitlab, settle, ...module } = GitLabSyncTestingModule.forRoot();
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    await app.init();
    const sync = app.get(GitLabSync);
    const org = orgId('acme');
    const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'A\n' } });
    await sync.connect(org, { token: gitlab.givenToken('ada').value }, ADA);
    await sync.configure(org, { projectId: project.id }, ADA);
    await settle();
    const { content } = await sync.context.read(org, 'notes/a.md');
    assert.equal(content?.toString(), 'A\n');
    await app.close();
  });
});
