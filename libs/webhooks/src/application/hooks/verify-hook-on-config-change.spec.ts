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
