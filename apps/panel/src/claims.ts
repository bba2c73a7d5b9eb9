/** What the page reads from a token of Dot: whose it is. The server alone decides what it allows. */
export interface Claims {
  readonly org?: string;
  readonly role?: string;
}

/** Returns null if it is no token that can be read. */
export function claimsOf(token: string): Claims | null {
  const [, payload] = token.split('.');
  if (!payload) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' ? (claims as Claims | null) : null;
  } catch {
    return null;
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Takes a token out of the address. Only a page on this very machine may be handed one so; the address is cleaned in any case. */
export function takeFromAddress(
  place: Location,
  history: History,
): { token: string; org: string | null } | null {
  const given = new URLSearchParams(place.hash.slice(1));
  const token = given.get('token');
  if (token === null) return null;
  history.replaceState(history.state, '', place.pathname + place.search);
  return LOOPBACK.test(place.hostname) && token ? { token, org: given.get('org') } : null;
}
