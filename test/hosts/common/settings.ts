export interface HostSettings {
  /** The host's own database user, who owns its tables. */
  readonly ownerUrl: string;
  readonly redisUrl: string;
  readonly publicUrl: string;
  readonly keys: string;
}
