import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Azure's metadata service has an address in a public range. */
const METADATA = new Set(['168.63.129.16']);

export interface Target {
  readonly host: string;
  readonly secure: boolean;
}

export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** The address is private, reserved or used without TLS, and the operator did not allow it. */
export class AddressBlocked extends Error {
  readonly code = 'EBLOCKED';
  constructor(host: string) {
    super(`${host} is a blocked address`);
  }
}

/** Decides which addresses this service connects to: public ones over TLS, and those that the operator allows. */
export class AddressGuard {
  private readonly hosts = new Set<string>();
  private readonly ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];

  constructor(
    allowed: readonly string[] = [],
    private readonly resolve: Resolve = (host) => lookup(host, { all: true, verbatim: true }),
  ) {
    for (const entry of allowed.map((text) => bare(text.trim())).filter(Boolean)) this.allow(entry);
  }

  /** Returns the allowed addresses of the target, at least one. @throws AddressBlocked, or the error of DNS */
  async addressesOf(target: Target): Promise<LookupAddress[]> {
    const host = bare(target.host);
    const family = isIP(host);
    const addresses = family ? [{ address: host, family }] : await this.resolve(host);
    const permitted = addresses.filter(({ address }) => this.permits(address, { ...target, host }));
    if (!permitted.length) throw new AddressBlocked(host);
    return permitted;
  }

  /** Looks names up for `net.connect`: it connects to the checked address, so DNS cannot change in between. */
  lookupFor(target: Target): LookupFunction {
    return (host, options, callback) => {
      this.addressesOf({ ...target, host }).then(
        (addresses) => {
          if (options.all) return callback(null, addresses);
          callback(null, addresses[0].address, addresses[0].family);
        },
        (error) => callback(error, '', 0),
      );
    };
  }

  /** True if the operator allowed the host by name. Its address does not matter then. */
  allowsHost(host: string): boolean {
    return this.hosts.has(bare(host));
  }

  private permits(text: string, { host, secure }: Target): boolean {
    if (this.hosts.has(host)) return true;
    const address = ipaddr.process(text);
    if (this.ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits)))
      return true;
    return secure && address.range() === 'unicast' && !METADATA.has(address.toString());
  }

  private allow(entry: string): void {
    if (ipaddr.isValidCIDR(entry)) this.ranges.push(ipaddr.parseCIDR(entry));
    else if (isIP(entry)) this.ranges.push([ipaddr.process(entry), isIP(entry) === 4 ? 32 : 128]);
    else this.hosts.add(entry);
  }
}

/** Normalises a host name: case, the brackets of IPv6 and the root's dot do not count. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
