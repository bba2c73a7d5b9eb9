import { adviceFor, healthOf, type VitalSigns, type WebhookHealth } from './webhook-health';

const NOW = new Date('2026-01-02T12:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const quiet: VitalSigns = { lastDeliveryAt: null, lastRefusal: null, hook: null };
const refusal = (hours: number) => ({ at: ago(hours), reason: 'secret_wrong' as const });

describe('The health of a webhook', () => {
  it.each<[string, Partial<VitalSigns>, WebhookHealth, RegExp | null]>([
    ['nothing ever came', {}, 'never_delivered', /Push events is enabled/],
    [
      'registered, and nothing came yet',
      { hook: { condition: 'working', checkedAt: ago(1) } },
      'never_delivered',
      /reach the URL/,
    ],
    ['a delivery within a day', { lastDeliveryAt: ago(23) }, 'healthy', null],
    ['a delivery a day ago', { lastDeliveryAt: ago(24) }, 'healthy', null],
    ['the last delivery is older', { lastDeliveryAt: ago(25) }, 'silent', null],
    [
      'refused and accepted at one time',
      { lastDeliveryAt: ago(1), lastRefusal: refusal(1) },
      'healthy',
      null,
    ],
    ['refused since', { lastDeliveryAt: ago(2), lastRefusal: refusal(1) }, 'refused', /wrong secret/],
    ['refused before', { lastDeliveryAt: ago(1), lastRefusal: refusal(2) }, 'healthy', null],
    ['only ever refused', { lastRefusal: refusal(1) }, 'refused', /Verify the URL and secret/],
    [
      'found disabled since',
      { lastDeliveryAt: ago(2), hook: { condition: 'disabled', checkedAt: ago(1) } },
      'disabled',
      /register it again/,
    ],
    [
      'found disabled, and delivered again since',
      { lastDeliveryAt: ago(1), hook: { condition: 'disabled', checkedAt: ago(2) } },
      'healthy',
      null,
    ],
    ['found missing', { hook: { condition: 'missing', checkedAt: ago(1) } }, 'missing', /is gone/],
    [
      'not permitted to look',
      { hook: { condition: 'not_permitted', checkedAt: ago(1) } },
      'not_permitted',
      /Maintainer/,
    ],
  ])('%s', (_, some, health, advice) => {
    const signs = { ...quiet, ...some };
    expect(healthOf(signs, NOW)).toBe(health);
    if (advice) expect(adviceFor(health, signs)).toMatch(advice);
    else expect(adviceFor(health, signs)).toBeNull();
  });
});
