import { orgId } from '@app/kernel';
import { isConnectedBy, WebhookEndpoint, type RegisteredHook } from './webhook-endpoint';

const NOW = new Date('2026-01-01T12:00:00Z');
const LATER = new Date(NOW.getTime() + 60_000);
const keys = (sealed: string) => ({ id: sealed, sealed });
const endpoint = WebhookEndpoint.create(orgId('acme'), 'g1', keys('k1'), NOW);
const accepted = (of: WebhookEndpoint, generation: string, now = LATER) =>
  of.acceptedKeys(generation, now).map(({ id }) => id);

describe('A webhook endpoint', () => {
  it('has an id of 192 random bits', () => {
    expect(Buffer.from(endpoint.id, 'base64url')).toHaveLength(24);
    expect(WebhookEndpoint.hasForm(endpoint.id)).toBe(true);
    expect(WebhookEndpoint.create(orgId('acme'), 'g1', keys('k1'), NOW).id).not.toBe(endpoint.id);
  });

  it.each([
    ['a character more', (id: string) => `x${id}`],
    ['something after it', (id: string) => `${id}/`],
    ['a character less', (id: string) => id.slice(1)],
  ])('has no id with %s', (_, changed) => {
    expect(WebhookEndpoint.hasForm(changed(endpoint.id))).toBe(false);
  });

  it('comes back as it was stored', () => {
    const stored = WebhookEndpoint.restore(endpoint.withHook(hook).state);
    expect(stored).toEqual(endpoint.withHook(hook));
    expect([stored.org, stored.since, stored.keys]).toEqual(['acme', NOW, keys('k1')]);
  });

  it('seals all its keys again', () => {
    const resealed = endpoint.rotated(keys('k2'), NOW).resealed((sealed) => `${sealed}!`);
    expect(resealed.acceptedKeys('g1', LATER)).toEqual([
      { id: 'k2', sealed: 'k2!' },
      { id: 'k1', sealed: 'k1!' },
    ]);
    expect(resealed.state.replaced[0].until).toEqual(new Date(NOW.getTime() + 600_000));
  });

  it('replaces no keys before it is rotated', () => {
    expect([endpoint.state.replaced, endpoint.renewedFor('g2', keys('k2'), NOW).state.replaced]).toEqual([
      [],
      [],
    ]);
  });

  it.each<[string, WebhookEndpoint, string, string[]]>([
    ['its keys', endpoint, 'g1', ['k1']],
    ['nothing for another generation', endpoint, 'g2', []],
    ['both keys after a rotation', endpoint.rotated(keys('k2'), NOW), 'g1', ['k2', 'k1']],
    [
      'all keys after two rotations',
      endpoint.rotated(keys('k2'), NOW).rotated(keys('k3'), NOW),
      'g1',
      ['k3', 'k2', 'k1'],
    ],
    [
      'six keys at most',
      ['k2', 'k3', 'k4', 'k5', 'k6', 'k7'].reduce((of, next) => of.rotated(keys(next), NOW), endpoint),
      'g1',
      ['k7', 'k6', 'k5', 'k4', 'k3', 'k2'],
    ],
    [
      'only the new keys once renewed',
      endpoint.rotated(keys('k2'), NOW).renewedFor('g2', keys('k3'), NOW),
      'g2',
      ['k3'],
    ],
    ['nothing of before once renewed', endpoint.renewedFor('g2', keys('k2'), NOW), 'g1', []],
  ])('accepts %s', (_, of, generation, ids) => {
    expect(accepted(of, generation)).toEqual(ids);
  });

  it('accepts each replaced key for ten minutes of its own', () => {
    const at = (minute: number, ms = 0) => new Date(NOW.getTime() + minute * 60_000 + ms);
    const twice = endpoint.rotated(keys('k2'), NOW).rotated(keys('k3'), at(4));
    expect(accepted(twice, 'g1', at(10, -1))).toEqual(['k3', 'k2', 'k1']);
    expect(accepted(twice, 'g1', at(10))).toEqual(['k3', 'k2']);
    expect(accepted(twice, 'g1', at(14))).toEqual(['k3']);
    expect(twice.rotated(keys('k4'), at(12)).state.replaced).toHaveLength(2);
  });

  it('keeps its id and its hook when it is renewed', () => {
    const renewed = endpoint.withHook(hook).renewedFor('g2', keys('k2'), NOW);
    expect([renewed.id, renewed.hook]).toEqual([endpoint.id, hook]);
  });
});

const hook: RegisteredHook = {
  ...{ hookId: 3, projectId: 7, connectionId: 'c1', keysId: 'k1', signs: true },
  ...{ condition: 'working', checkedAt: NOW },
};

describe('The place of a hook', () => {
  it.each([
    ['in its project', { connectionId: 'c1', projectId: 7 }, true],
    ['not in another project', { connectionId: 'c1', projectId: 8 }, false],
    ['not in the same project id of another connection', { connectionId: 'c2', projectId: 7 }, false],
  ])('%s', (_, project, answer) => {
    expect(isConnectedBy(project, hook)).toBe(answer);
  });
});
