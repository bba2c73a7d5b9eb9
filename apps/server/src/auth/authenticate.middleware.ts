import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import type { Authentication } from './authentication';
import type { RateLimit } from './rate-limit';
import type { AuthenticatedRequest } from './request-callers';

/**
 * Authenticates the caller and counts the request, before any other part of the API reads the body. Also counts
 * requests without a valid token, by their address.
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

/** Returns the client's address; the connection's address if a trusted proxy forwards something else. */
function addressOf({ ip = '', socket }: Request): string {
  return (isIP(ip) ? ip : (socket.remoteAddress ?? '')).replace(/^::ffff:/, '');
}
