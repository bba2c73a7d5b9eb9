import { DeliveryRefused, EndpointUnknown } from './webhooks.errors';

describe('An error of the webhooks', () => {
  it.each([
    [new EndpointUnknown(), 'not-found', 'not_found', /Copy the URL/],
    [
      new DeliveryRefused('secret_missing'),
      'unauthenticated',
      'unauthenticated',
      /carries neither .* Copy the secret/,
    ],
    [new DeliveryRefused('secret_wrong'), 'unauthenticated', 'unauthenticated', /token is wrong/],
    [new DeliveryRefused('signature_wrong'), 'unauthenticated', 'unauthenticated', /signature is wrong/],
    [new DeliveryRefused('signature_expired'), 'unauthenticated', 'unauthenticated', /five minutes/],
  ])('%s', (error, kind, code, message) => {
    expect(error).toMatchObject({ kind, code, message: expect.stringMatching(message) });
  });
});
