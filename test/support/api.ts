import createClient from 'openapi-fetch';
import type { paths } from '../../apps/panel/src/api-types';

/** Returns a client of the API whose calls and answers are checked against the OpenAPI document by the compiler. */
export const apiClient = (baseUrl: string, token: string) =>
  createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });
