/** What a host decides about the end of tokens. */
export class TokenLifecycleSettings {
  /** How long before its end a token that rotates itself does so. */
  readonly rotateBeforeDays: number = 14;

  constructor(settings: Partial<TokenLifecycleSettings> = {}) {
    Object.assign(this, settings);
  }
}
