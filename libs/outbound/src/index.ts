export { AddressBlocked, AddressGuard } from './address-guard';
export type { Resolve } from './address-guard';
export { Agents } from './agents';
export type { OutboundSettings } from './outbound.settings';
export { bypassesProxy } from './proxied-agent';
