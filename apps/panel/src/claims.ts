/** Claims that the page reads from a Dot token. Only the server decides which rights they give. */
export interface Claims {
  readonly org?: string;
}

/** Reads the claims of a token. Returns null if the token cannot be read. */
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

/** Takes a token out of the address and always cleans the address. Accepts the token only if the page runs on this machine. */
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
