import { Readable } from 'node:stream';

/** The response to the client; objects become JSON, and a stream is sent as it comes. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Buffer | Readable;
}

export function ok(body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, headers, body };
}

export function created(body: object): Answer {
  return { status: 201, body };
}

/** Reports work that GitLab does later, in the background. */
export const accepted: Answer = { status: 202, body: { message: '202 Accepted' } };

export const noContent: Answer = { status: 204 };

/** Encodes the body as bytes, with the content type of its kind. */
export function encodeAnswer({ body, headers = {} }: Answer): {
  bytes: Buffer | Readable;
  headers: Record<string, string>;
} {
  if (body === undefined) return { bytes: Buffer.alloc(0), headers: { ...headers } };
  if (Buffer.isBuffer(body) || body instanceof Readable)
    return { bytes: body, headers: { 'content-type': 'application/octet-stream', ...headers } };
  const [type, text] =
    typeof body === 'string' ? ['text/plain', body] : ['application/json', JSON.stringify(body)];
  return { bytes: Buffer.from(text), headers: { 'content-type': type, ...headers } };
}
