import fc from 'fast-check';
import { givenWebhooks, type Webhooks } from '../../../../test/support/webhooks';

const RUNS = { numRuns: 300 };

let hooks: Webhooks;
beforeEach(async () => (hooks = await givenWebhooks()));

/** Any text that a header may carry. */
const header = fc.option(fc.string({ unit: 'binary', maxLength: 200 }), { nil: undefined });
const proof = fc.record({
  token: header,
  id: header,
  timestamp: fc.option(fc.oneof(fc.string(), fc.integer().map(String), fc.constant('1767225600')), {
    nil: undefined,
  }),
  signature: fc.option(
    fc.oneof(
      fc.string(),
      fc.base64String().map((text) => `v1,${text}`),
    ),
    { nil: undefined },
  ),
});
const like = (...values: unknown[]) => fc.oneof(fc.constantFrom(...values), fc.jsonValue());
const payload = fc.record(
  {
    object_kind: like('push', 'tag_push'),
    project_id: like(7, '7'),
    ref: like('refs/heads/main', 'refs/heads/x'),
    after: like('b'.repeat(40), '0'.repeat(40)),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  payload.map((value) => Buffer.from(JSON.stringify(value))),
);
const event = fc.option(fc.oneof(fc.constant('Push Hook'), fc.string()), { nil: null });
const key = fc.option(fc.string({ unit: 'binary' }), { nil: null });

describe('Whatever is delivered', () => {
  it('with the right secret is accepted or ignored, and never an error', async () => {
    const { secret: token } = await hooks.shown();
    await fc.assert(
      fc.asyncProperty(proof, body, event, key, async (headers, raw, name, id) => {
        const { status } = await hooks.send({ headers, token, raw, event: name, key: id });
        expect(['accepted', 'ignored']).toContain(status);
      }),
      RUNS,
    );
  });

  it('without it is refused for want of proof, and moves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(proof, body, async ({ token, ...headers }, raw) => {
        const refused = hooks.send({ headers, token: token ?? null, raw });
        await expect(refused).rejects.toMatchObject({ kind: 'unauthenticated' });
      }),
      RUNS,
    );
    expect(await hooks.sync.waiting()).toBeNull();
  });

  it('to any other endpoint finds none', async () => {
    const { secret: token } = await hooks.shown();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (endpointId) => {
        await expect(hooks.send({ endpointId, token })).rejects.toMatchObject({ kind: 'not-found' });
      }),
      RUNS,
    );
  });
});
