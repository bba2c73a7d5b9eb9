import type { FactoryProvider, Type } from '@nestjs/common';
import { BaseEntries } from '../ports/base-entries.port';
import { Findings } from '../ports/findings.port';
import { HoldRefused } from '../guards/hold-refused';
import { QuarantineFiles } from '../guards/quarantine-files';
import { ApplyPull } from '../pull/apply-pull';
import { DiscoverRemote } from '../pull/discover-remote';
import { KeepReplaced } from '../pull/keep-replaced';
import { PullChanges } from '../pull/pull-changes';
import { ReconcileRemote } from '../pull/reconcile-remote';
import { CommitOnce } from '../push/commit-once';
import { CommitOrHold } from '../push/commit-or-hold';
import { PushChanges } from '../push/push-changes';
import { PushSnapshot } from '../push/push-snapshot';
import { WorkEntries } from './work-entries';
import { WorkFindings } from './work-findings';

/** The use cases that sync with one branch. The work branch has its own, which differ by the ports that they use. */
const BRANCH_USE_CASES: readonly Type[] = [
  ApplyPull,
  CommitOnce,
  CommitOrHold,
  DiscoverRemote,
  HoldRefused,
  KeepReplaced,
  PullChanges,
  PushChanges,
  PushSnapshot,
  QuarantineFiles,
  ReconcileRemote,
];

const TOKENS = new Map<unknown, symbol>(
  BRANCH_USE_CASES.map((useCase) => [useCase, Symbol(`${useCase.name} on the work branch`)]),
);

/** Returns the token of a use case of the work branch. */
export function onWork(useCase: Type): symbol {
  const token = TOKENS.get(useCase);
  if (!token) throw new Error(`${useCase.name} has no counterpart on the work branch`);
  return token;
}

/** The ports as the work branch sees them. */
const PORTS = new Map<unknown, Type>([
  [BaseEntries, WorkEntries],
  [Findings, WorkFindings],
]);

/** Provides each use case once more, with the base and the findings of the work branch in place of the target's. */
export const workBranchUseCases: readonly FactoryProvider[] = BRANCH_USE_CASES.map((useCase) => ({
  provide: onWork(useCase),
  inject: dependenciesOf(useCase).map((token) => PORTS.get(token) ?? TOKENS.get(token) ?? token),
  useFactory: (...dependencies: unknown[]) => new useCase(...dependencies),
}));

/** Reads what the compiler noted about the constructor, as Nest does. */
function dependenciesOf(useCase: Type): Type[] {
  return (Reflect.getMetadata('design:paramtypes', useCase) ?? []) as Type[];
}
