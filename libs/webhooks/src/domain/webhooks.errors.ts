import { DomainError } from '@app/kernel';
import type { Refusal } from './delivery-proof';

export class EndpointUnknown extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor() {
    super("There is no such webhook. Copy the URL from Dot's panel into GitLab's URL field.");
  }
}

const WHY: Record<Refusal, string> = {
  secret_missing: 'The delivery carries neither a secret token nor a signature.',
  secret_wrong: 'The secret token is wrong.',
  signature_wrong: 'The signature is wrong.',
  signature_expired: 'The signature is more than five minutes old.',
};

export class DeliveryRefused extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'unauthenticated';
  constructor(readonly reason: Refusal) {
    super(`${WHY[reason]} Copy the secret from Dot's panel into GitLab's "Secret token" field.`);
  }
}
