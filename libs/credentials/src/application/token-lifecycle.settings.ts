/** The host's settings for expiring tokens. */
export class TokenLifecycleSettings {
  /** Days before expiry at which a self-rotating token is rotated. */
  readonly rotateBeforeDays: number = 14;

  constructor(settings: Partial<TokenLifecycleSettings> = {}) {
    Object.assign(this, settings);
  }
}
