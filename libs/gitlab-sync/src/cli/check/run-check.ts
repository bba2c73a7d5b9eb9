import { InspectFiles } from '@app/context-store/core';
import {
  FairQueue,
  InspectionLimits,
  InspectionService,
  PooledInspector,
  ProcessInspections,
} from '@app/inspection/core';
import { SystemClock } from '@app/kernel';
import { checkTree, SyncEngineSettings, type CheckedTree } from '@app/sync-engine/core';
import type { CheckConfig } from './check-config';
import { WorkingTree } from './working-tree';

export interface Checked extends CheckedTree {
  /** Null if git listed the files, otherwise why it did not. */
  readonly withoutGit: string | null;
}

/** Checks a directory with the service's own inspection, its workers and limits. @throws Error if a file cannot be read */
export async function runCheck(
  root: string,
  { scope, maxFileBytes }: CheckConfig,
  limits = new InspectionLimits(),
): Promise<Checked> {
  const tree = await WorkingTree.open(root, scope.directories);
  const [workers, results] = [new PooledInspector(limits), new ProcessInspections()];
  const inspectors = Array.from({ length: limits.threads }, () => {
    const texts = new InspectionService(workers, results, new FairQueue(1), new SystemClock(), limits);
    return { texts, files: new InspectFiles(texts) };
  });
  try {
    const { quota } = new SyncEngineSettings();
    const checked = await checkTree(tree, { scope, maxFileBytes, quota, inspectors });
    return { ...checked, withoutGit: tree.withoutGit };
  } finally {
    await workers.onApplicationShutdown();
  }
}
