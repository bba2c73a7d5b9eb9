import type { ExecutionContext } from '@nestjs/common';

export const ACT = Symbol('act');

/** Names what an act was done to. Asked only once it was done, so that all it sees has been checked. */
export type TargetOf<Answer, Body> = (answer: Answer, body: Body) => string | null;

export interface Act {
  readonly action: string;
  readonly targetOf?: TargetOf<unknown, unknown>;
}

export const actOf = (context: ExecutionContext): Act | undefined =>
  Reflect.getMetadata(ACT, context.getHandler()) as Act | undefined;
