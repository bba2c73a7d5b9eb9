import { FakeAct } from '@app/audit/testing';
import { ACME } from '../../../../../test/support/accounts';
import { givenWebhooks } from '../../../../../test/support/webhooks';

it('A deleted hook is created again as soon as the branch moved without a delivery', async () => {
  const hooks = await givenWebhooks();
  await hooks.registerHook.execute(ACME);
  hooks.project.hooks.clear();
  hooks.bus.publish({ name: 'webhook.silent.v1', org: ACME });
  await hooks.answered();
  expect(hooks.project.hooks.size).toBe(1);
});

it('A hook delivers the work branch and merge requests as soon as changes are proposed', async () => {
  const hooks = await givenWebhooks();
  await hooks.registerHook.execute(ACME);
  await hooks.projects.update({ org: ACME, publish: 'merge_request' }, new FakeAct());
  await hooks.answered();
  const [hook] = hooks.project.hooks.values();
  expect(hook).toMatchObject({
    branchFilterStrategy: 'regex',
    branchFilter: expect.stringContaining('context-2'),
  });
});
