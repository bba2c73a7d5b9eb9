import { hookCheck, unseenHookCheck, type HookFinding } from './hook-check';
import type { WebhookHealth } from './webhook-health';

const LAST = new Date('2026-01-01T12:00:00Z');
const seen = (health: WebhookHealth, lastDeliveryAt: Date | null = null, advice: string | null = null) => ({
  ...{ health, lastDeliveryAt, advice },
});

describe('The check of a registered webhook', () => {
  it.each<[HookFinding | 'unregistered', RegExp]>([
    ['missing', /gone from GitLab. Register it again/],
    ['other_project', /configured before. Register it again/],
    ['other_secret', /another secret .* copy the secret/],
    ['other_url', /another URL .* Register it again/],
    ['disabled', /reach the URL. Register it again/],
    ['other_settings', /push events .* Register it again/],
    ['unwanted', /no project any more/],
  ])('fails if it is found %s', (finding, detail) => {
    expect(hookCheck(finding, seen('healthy'))).toEqual({ ok: false, detail: expect.stringMatching(detail) });
  });

  it.each<[string, HookFinding | 'unregistered', ReturnType<typeof seen>, boolean, RegExp]>([
    ['may be registered', 'unregistered', seen('never_delivered'), true, /^No webhook is registered/],
    ['was refused', 'in_order', seen('refused', LAST, 'Set the secret.'), false, /^Set the secret.$/],
    ['never delivered', 'in_order', seen('never_delivered'), false, /nothing was accepted/],
    [
      'delivers',
      'in_order',
      seen('healthy', LAST),
      true,
      /enabled. The last delivery came at 2026-01-01T12:00:00.000Z.$/,
    ],
    [
      'works, and no time is known',
      'in_order',
      seen('healthy'),
      true,
      /^The webhook is registered and enabled.$/,
    ],
    [
      'is silent',
      'in_order',
      seen('silent', LAST),
      true,
      /12:00:00.000Z. That is more than a day ago. .* the URL.$/,
    ],
  ])('of one that %s', (_, finding, state, ok, detail) => {
    expect(hookCheck(finding, state)).toEqual({ ok, detail: expect.stringMatching(detail) });
  });
});

describe('The check of a webhook that the token may not see', () => {
  it.each<[string, WebhookHealth, boolean, RegExp]>([
    ['manual', 'healthy', true, /Maintainer role in the project. Its deliveries arrive.$/],
    ['manual', 'silent', false, /Give the token that role/],
    ['automatic', 'healthy', false, /Give the token that role/],
  ])('%s and %s', (registered, health, ok, detail) => {
    expect(unseenHookCheck({ health, registered })).toEqual({ ok, detail: expect.stringMatching(detail) });
  });
});
