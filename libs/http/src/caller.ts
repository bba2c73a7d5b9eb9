import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { actorOf, type Caller, type OrgId } from '@app/kernel';

/** A call whose sender `AccessGuard` knows. */
export interface Call {
  readonly caller: Caller;
  /** The org whose log records the call: the caller's own, or for an operator the one in the path. */
  readonly org: OrgId;
  /** The name of the administrative act; null if the route is none. */
  readonly action: string | null;
  /** The id in the path. */
  readonly target: string | null;
}

/** Keeps the calls beside the requests, so that no property of the host's is taken. */
const calls = new WeakMap<IncomingMessage, Call>();

export const noteCall = (request: IncomingMessage, call: Call): void => void calls.set(request, call);
export const callOf = (request: IncomingMessage): Call | undefined => calls.get(request);

const callerIn = (context: ExecutionContext): Caller | undefined =>
  callOf(context.switchToHttp().getRequest<IncomingMessage>())?.caller;

/** Injects the caller of the request. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerIn(context),
);

/** Injects the caller as the actor of the call. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const caller = callerIn(context);
  return caller && actorOf(caller);
});
