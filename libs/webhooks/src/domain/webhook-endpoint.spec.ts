import { orgId } from '@app/kernel';
import { liesIn, WebhookEndpoint, type RegisteredHook } from './webhook-endpoint';

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

  it.each<[string, WebhookEndpoint, string, string[]]>([
    ['its keys', endpoint, 'g1', ['k1']],
    ['nothing for another generation', endpoint, 'g2', []],
    ['both keys after a rotation', endpoint.rotated(keys('k2'), NOW), 'g1', ['k2', 'k1']],
    [
      'the last two after two rotations',
      endpoint.rotated(keys('k2'), NOW).rotated(keys('k3'), NOW),
      'g1',
      ['k3', 'k2'],
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

  it('keeps its id and its hook when it is renewed', () => {
    const renewed = endpoint.withHook(hook).renewedFor('g2', keys('k2'), NOW);
    expect([renewed.id, renewed.hook]).toEqual([endpoint.id, hook]);
  });
});

const hook: RegisteredHook = {
  ...{ hookId: 3, projectId: 7, connectionId: 'c1', keysId: 'k1', signs: true },
  ...{ condition: 'working', checkedAt: NOW },
};

describe('Where a hook lies', () => {
  it.each([
    ['in its project', { connectionId: 'c1', projectId: 7 }, true],
    ['not in another project', { connectionId: 'c1', projectId: 8 }, false],
    ['not in the same project id of another connection', { connectionId: 'c2', projectId: 7 }, false],
  ])('%s', (_, project, answer) => {
    expect(liesIn(project, hook)).toBe(answer);
  });
});
