import { FILE_SCOPES, READ_SCOPES, WRITE_SCOPES } from '../instance/access';
import type { Needs } from '../instance/access';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import type { Caller, Project } from '../instance/model';
import { Refused } from '../instance/refusal';
import type { Answer } from './response';

export type Body = Readonly<Record<string, unknown>>;

/** One API request, authenticated and taken apart. */
export interface ApiRequest {
  readonly instance: FakeGitLabInstance;
  readonly caller: Caller;
  readonly method: string;
  /** Absolute, as the client sees it. */
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly raw: Buffer;
}

export type Handler = (request: ApiRequest) => Answer | Promise<Answer>;

export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v4`, e.g. `/projects/:id`. */
  readonly template: string;
  /** The port's word for what the route is for; faults and logs go by it. */
  readonly operation: string;
  readonly needs: Needs;
  readonly handle: Handler;
}

export const reads = (permission: string): Needs => ({ scopes: READ_SCOPES, permission });
export const readsFiles = (permission: string): Needs => ({ scopes: FILE_SCOPES, permission });
export const writes = (permission: string): Needs => ({ scopes: WRITE_SCOPES, permission });

/** The project the route names, where its code may be read. */
export function codeOf({ instance, caller, params, method }: ApiRequest): Project {
  return instance.access.code(caller, params.id, isRead(method) ? 'read' : 'write');
}

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

export function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw new Refused({ is: 'bad-parameter', status: 400, error: `${name} is missing` });
  return value;
}

/** `true`, `1` and a bare key count, as in Grape. */
export function flag(query: URLSearchParams, name: string, otherwise = false): boolean {
  const value = query.get(name);
  return value === null ? otherwise : value !== 'false' && value !== '0';
}

/** JSON or a flat form, by content type; no body is an empty object. */
export function bodyOf({ raw, contentType }: ApiRequest): Body {
  if (!raw.length) return {};
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(raw.toString()));
  return parseJson(raw);
}

export function parseJson(raw: Buffer): Body {
  try {
    const parsed: unknown = JSON.parse(raw.toString());
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Body;
  } catch {
    // answered below, like JSON of another kind
  }
  throw new InvalidJson();
}

export class InvalidJson extends Error {}
