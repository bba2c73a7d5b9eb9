import { FakeAct } from '@app/audit/testing';
import { ACME } from '../../../../../test/support/accounts';
import { givenWebhooks } from '../../../../../test/support/webhooks';

const PROJECT = 'ada/context';

describe('A hook while changes are proposed by merge request', () => {
  const registered = async () => {
    const hooks = await givenWebhooks();
    await hooks.registerHook.execute(ACME);
    const publish = async (way: 'direct' | 'merge_request') => {
      await hooks.projects.update({ org: ACME, publish: way }, new FakeAct());
      await hooks.answered();
    };
    await publish('merge_request');
    const onGitLab = () => {
      const [{ events, branchFilter, branchFilterStrategy: strategy }, ...others] = [
        ...hooks.project.hooks.values(),
      ];
      expect(others).toEqual([]);
      return { pushes: events.push_events, requests: events.merge_requests_events, branchFilter, strategy };
    };
    return { ...hooks, publish, onGitLab };
  };

  it('covers both branches and merge requests as soon as the mode is chosen, and no longer', async () => {
    const hooks = await registered();
    expect(hooks.onGitLab()).toEqual({
      ...{ pushes: true, requests: true, branchFilter: '^(main|dot/context.*)$', strategy: 'regex' },
    });
    hooks.gitlab.calls.reset();
    await hooks.checkHook.execute(ACME);
    expect(hooks.gitlab.calls.counts).toEqual({ hook: 1 });
    await hooks.publish('direct');
    expect(hooks.onGitLab()).toEqual({
      ...{ pushes: true, requests: false, branchFilter: 'main', strategy: 'wildcard' },
    });
  });

  it('is repaired after merge request events were switched off by hand', async () => {
    const hooks = await registered();
    const [hook] = hooks.project.hooks.values();
    hook.events.merge_requests_events = false;
    hooks.bus.publish({ name: 'webhook.silent.v1', org: ACME });
    await hooks.answered();
    expect(hooks.onGitLab()).toMatchObject({ requests: true });
  });

  it('starts a look for each act of a reviewer, but for none on other branches', async () => {
    const hooks = await registered();
    const { git, reviewer } = hooks.gitlab;
    const outcomes = async (act: () => unknown) => {
      const before = (await hooks.log()).length;
      await act();
      await hooks.answered();
      const log = await hooks.log();
      return log.slice(0, log.length - before).sort();
    };
    expect(await outcomes(() => git.push(PROJECT, 'dot/context', { files: { 'a.md': 'a' } }))).toEqual([
      'accepted',
    ]);
    expect(await outcomes(() => reviewer.open(PROJECT, 'dot/context', 'main'))).toEqual(['accepted']);
    expect(await outcomes(() => reviewer.commit(PROJECT, { 'a.md': 'b' }))).toEqual(['accepted', 'accepted']);
    expect(await outcomes(() => reviewer.merge(PROJECT, 1, { removeSourceBranch: true }))).toEqual([
      ...['accepted', 'accepted', 'accepted'],
    ]);
    expect(await outcomes(() => git.push(PROJECT, 'feature', { files: { 'b.md': 'b' } }))).toEqual([]);
    expect(await outcomes(() => reviewer.open(PROJECT, 'feature', 'main'))).toEqual([
      'ignored: other_branch',
    ]);
  });
});
