import { SetMetadata, type ExecutionContext } from '@nestjs/common';

const ACT = Symbol('act');

/** Names what an act was done to. Asked only once it was done, so that all it sees has been checked. */
type TargetOf<Answer, Body> = (answer: Answer, body: Body) => string | null;

export interface Act {
  readonly action: string;
  readonly targetOf?: TargetOf<unknown, unknown>;
}

/** An administrative act: each attempt goes to the audit log. The target is the path's id where none is named. */
export const Audited = <Answer, Body>(action: string, targetOf?: TargetOf<Answer, Body>) =>
  SetMetadata(ACT, { action, targetOf });

export const actOf = (context: ExecutionContext): Act | undefined =>
  Reflect.getMetadata(ACT, context.getHandler()) as Act | undefined;
