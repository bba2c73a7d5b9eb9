import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { CallerSource, type Caller } from '@app/gitlab-sync';

/** A request whose caller the authentication has found. */
export interface AuthenticatedRequest {
  caller?: Caller;
}

/** Returns the caller that the authentication has found. */
@Injectable()
export class RequestCallers extends CallerSource {
  callerOf(request: IncomingMessage & AuthenticatedRequest): Caller | null {
    return request.caller ?? null;
  }
}
