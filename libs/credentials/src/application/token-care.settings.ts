/** What a host decides about the end of tokens. */
export class TokenCareSettings {
  /** How long before its end a token that rotates itself does so. */
  readonly rotateBeforeDays: number = 14;

  constructor(settings: Partial<TokenCareSettings> = {}) {
    Object.assign(this, settings);
  }
}
