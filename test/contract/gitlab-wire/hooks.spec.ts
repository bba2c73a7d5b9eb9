import { describeHooksByHand } from '../gitlab/hooks';
import { Wire } from './wire';
import { fakeInProcess, fakeOverHttp } from '../gitlab/fake-subject';

const settings = { maxHooks: 300 };

/** If administrators raised the limit of hooks (docs/gitlab-api.md#manage-hooks), and by version: GitLab reports since 19.0 which secrets a hook has. */
describe.each([
  ['FakeGitLab in process', fakeInProcess],
  ['HttpGitLab against the fake over HTTP', fakeOverHttp],
])('GitLab contract, webhooks by hand: %s', (_, arrange) => {
  describe('now', () => describeHooksByHand(() => arrange({ settings }), true));
  describe('of 18.11', () => describeHooksByHand(() => arrange({ settings, version: '18.11.0' }), false));
});

describe('GitLab on the wire: webhooks', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  it.each(['GET', 'PUT', 'DELETE'])('does not know the hook, to %s', async (method) => {
    const body = method === 'PUT' ? { url: 'https://dot.example' } : undefined;
    expect(await wire.call(method, `${wire.project}/hooks/9`, body)).toMatchObject({
      status: 404,
      body: { message: '404 Not found' },
    });
  });
});
