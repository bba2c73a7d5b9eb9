import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  UsePipes,
  VERSION_NEUTRAL,
  type CanActivate,
  type Type,
} from '@nestjs/common';
import { AccessGuard } from './access';
import { ProblemFilter } from './problem';
import { validationPipe } from './validation';

export interface Mounting {
  /** Precedes the controller's own path. */
  readonly path?: string;
  readonly guards?: readonly Type<CanActivate>[];
  readonly decorators?: readonly ClassDecorator[];
}

/** The key under which Nest keeps the path of a controller. */
const PATH = 'path';

/**
 * Returns the controller with a guard, a filter and a pipe of its own: it needs none of the host's, and none of ours
 * applies to the host's routes. The host's `guards` run before our own. A subclass, because two applications in one
 * process may mount it differently.
 */
export function mounted(controller: Type, { path = '', guards = [], decorators = [] }: Mounting = {}): Type {
  const own = { [controller.name]: class extends controller {} }[controller.name];
  const ownPath = Reflect.getMetadata(PATH, controller) as string;
  applyDecorators(
    // The path holds the version of the contract, whatever versions the host's routes have.
    Controller({ path: path ? `${path.replace(/\/+$/, '')}/${ownPath}` : ownPath, version: VERSION_NEUTRAL }),
    UseGuards(...guards, AccessGuard),
    UseFilters(ProblemFilter),
    UsePipes(validationPipe()),
    ...decorators,
  )(own);
  return own;
}
