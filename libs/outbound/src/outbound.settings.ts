/** Configures how this service reaches other hosts. */
export interface OutboundSettings {
  /** Time for one request; a connection takes at most ten seconds of it. */
  readonly timeoutMs?: number;
  /** Hosts, addresses or CIDRs that may be private or used without TLS. */
  readonly allowPrivate?: readonly string[];
  /** PEM file with certificate authorities to trust besides the public ones. */
  readonly caFile?: string;
  readonly httpsProxy?: string;
  /** Comma-separated hosts that are reached without the proxy, as in NO_PROXY. */
  readonly noProxy?: string;
}
