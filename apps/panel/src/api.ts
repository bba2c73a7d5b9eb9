import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './contract';

/** A token, or a function that returns one. The function is called once more after a 401. */
export type TokenSource = string | (() => string | Promise<string>);

interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

/** A refusal of the API, or `network` if no answer came. */
export class Fault extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly fields: readonly FieldFault[] = [],
    readonly status = 0,
    readonly retryAt: string | null = null,
  ) {
    super(detail);
  }
}

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** Calls the routes of one org, with a bearer token and no cookies. */
export class Api {
  readonly client: Client<paths>;
  readonly origin: string;
  /** Milliseconds that the server's clock is ahead of this one; null if no response had a date. */
  skewMs: number | null = null;
  private held: string | null = null;

  constructor(
    base: string,
    readonly org: string,
    private readonly token: TokenSource,
    private readonly over: AbortSignal,
  ) {
    const baseUrl = base.replace(/\/$/, '') || location.origin;
    this.origin = new URL(baseUrl, location.href).origin;
    this.client = createClient<paths>({
      baseUrl,
      fetch: (request) => this.send(request),
    });
  }

  get path(): { readonly org: string } {
    return { org: this.org };
  }

  /** Returns the data of a response. @throws Fault if the API refused the request or did not respond */
  async take<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
    const { data, error, response } = await asked;
    if (!response.ok) throw faultOf(error, response);
    return data as Data;
  }

  /** Returns a text, or null if it no longer exists. */
  async text(asked: Promise<Answer<unknown>>): Promise<string | null> {
    try {
      return String(await this.take(asked));
    } catch (error) {
      if (error instanceof Fault && error.status === 404) return null;
      throw error;
    }
  }

  /** Opens the live status as a stream of bytes. @throws Fault if it is refused */
  async events(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { data, error, response } = await this.client.GET('/api/v1/orgs/{org}/gitlab/events', {
      params: { path: this.path },
      parseAs: 'stream',
      signal,
    });
    if (!response.ok || !data) throw faultOf(error, response);
    return data;
  }

  private async send(request: Request): Promise<Response> {
    const again = request.clone();
    const first = await this.fetch(request, await this.bearer(false));
    if (first.status !== 401 || typeof this.token === 'string') return first;
    return this.fetch(again, await this.bearer(true));
  }

  private async fetch(request: Request, bearer: string): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${bearer}`);
    const signal = AbortSignal.any([request.signal, this.over]);
    try {
      const response = await fetch(new Request(request, { headers, signal, credentials: 'omit' }));
      this.compareClocks(response.headers.get('date'));
      return response;
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Fault('network', '');
    }
  }

  private async bearer(anew: boolean): Promise<string> {
    if (typeof this.token === 'string') return this.token;
    if (anew || this.held === null) this.held = await this.token();
    return this.held;
  }

  private compareClocks(date: string | null): void {
    if (date) this.skewMs = Date.parse(date) - Date.now();
  }
}

function faultOf(error: unknown, response: Response): Fault {
  const { code, detail, errors } = (error ?? {}) as Partial<Record<'code' | 'detail', string>> & {
    errors?: FieldFault[];
  };
  const after = Number(response.headers.get('retry-after'));
  const retryAt = after > 0 ? new Date(Date.now() + after * 1000).toISOString() : null;
  const fallback = response.status === 401 ? 'unauthenticated' : 'internal';
  return new Fault(code ?? fallback, detail ?? '', errors, response.status, retryAt);
}
