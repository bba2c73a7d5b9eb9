import { DomainError, inert } from '@app/kernel';

export class NotConnected extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not_connected';
  constructor() {
    super(
      'GitLab is not connected. Connect with a GitLab token first (Settings > Version Control > GitLab).',
    );
  }
}

/** Nothing is lost: when the operator restores the key, the secret opens again. */
export class VaultKeyUnknown extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'vault_key_unknown';
  constructor(keyId: string) {
    super(
      `A stored secret needs the encryption key “${keyId}”, which this service does not have. ` +
        'Ask the operator to put that key back into SECRETS_KEYS.',
    );
  }
}

/** The secret is damaged, or sealed for another org or purpose. */
export class SecretUnreadable extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'secret_unreadable';
  constructor() {
    super(
      'A stored secret cannot be decrypted: it is damaged, or SECRETS_KEYS holds another key by the same name. ' +
        'Ask the operator to restore the key; if it is lost, connect GitLab again.',
    );
  }
}

/** Another user's rights, projects and webhooks differ: that is a new connection, not a new token. */
export class TokenOfAnotherUser extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'token_of_another_user';
  constructor(sent: string, connected: string) {
    super(
      `The token belongs to ${inert(sent)}, and ${inert(connected)} is connected. Send a token of ${inert(connected)} for the same instance, ` +
        'or connect again to change the user; that makes a new webhook secret.',
    );
  }
}
