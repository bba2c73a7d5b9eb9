import { describeHooksByHand } from '../gitlab/hooks';
import { fakeInProcess, fakeOverHttp } from '../gitlab/fake-subject';

const settings = { maxHooks: 300 };

/** Where administrators raised the limit of hooks (§7.1), and by version: secrets are told of since 19.0. */
describe.each([
  ['FakeGitLab in process', fakeInProcess],
  ['HttpGitLab against the fake over HTTP', fakeOverHttp],
])('GitLab contract, webhooks by hand: %s', (_, arrange) => {
  describe('now', () => describeHooksByHand(() => arrange({ settings }), true));
  describe('of 18.11', () => describeHooksByHand(() => arrange({ settings, version: '18.11.0' }), false));
});
