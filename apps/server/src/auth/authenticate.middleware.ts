import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import type { AuthenticatedRequest } from '@app/http';
import type { Authentication } from './authentication';
import type { RateLimit } from './rate-limit';

/**
 * Stands before everything of the API, the reading of bodies included: learns who is calling, and counts the request.
 * Requests without a good token are counted too, by their address.
 */
export function authenticate(authentication: Authentication, limit: RateLimit) {
  return async (
    request: Request & AuthenticatedRequest,
    _response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const address = addressOf(request);
    const caller = authentication.callerOf(request.headers.authorization, address);
    await limit.count(await caller.catch(() => undefined), address);
    request.caller = await caller;
    next();
  };
}

/** Returns the client's address; that of the connection if a trusted proxy hands on something else. */
function addressOf({ ip = '', socket }: Request): string {
  return (isIP(ip) ? ip : (socket.remoteAddress ?? '')).replace(/^::ffff:/, '');
}
