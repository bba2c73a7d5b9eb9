import type { InspectFiles } from '@app/context-store';
import type { Quota } from '@app/context-store/core';
import type { FileContent } from '@app/gitlab';
import type { Inspection, InspectionService } from '@app/inspection/core';
import { orgId, type Scope } from '@app/kernel';
import { noRoom } from '../../domain/admit-files';
import { confusablePathsAmong } from '../../domain/confusable-paths';
import { QUOTA_EXCEEDED } from '../../domain/findings';
import {
  ATTRIBUTES,
  isLfsTracked,
  LFS_HOLD,
  lfsRulesOf,
  MOST_ATTRIBUTES_BYTES,
} from '../../domain/lfs-rules';
import { withinQuota } from '../../domain/remaining-quota';
import { SyncPolicy } from '../../domain/sync-policy';
import { pathsThere } from '../pull/discovered-path';
import { problemsOf } from '../pull/file-problems';
import { inBatches } from '../pull/in-batches';
import { pathsToPull } from '../pull/paths-to-pull';
import { fileSystemWarnings, plainNameWarning, secretWarning, type FileWarning } from './file-warnings';
import type { SourceTree } from './source-tree';

/** A finding about a file: a pull would keep the file out, or take it with a warning. */
export interface TreeFinding extends FileWarning {
  readonly path: string;
  readonly outcome: 'kept_out' | 'warning';
  readonly column?: number;
}

export interface CheckedTree {
  /** Context files, those with findings included, in their order. */
  readonly paths: readonly string[];
  /** Findings in the order of the paths, and then of the lines. */
  readonly findings: readonly TreeFinding[];
}

/** Inspects files, one batch at a time. */
export interface Inspector {
  readonly files: InspectFiles;
  readonly texts: InspectionService;
}

export interface CheckRules {
  readonly scope: Scope;
  readonly maxFileBytes: number;
  readonly quota: Quota;
  /** Work side by side. */
  readonly inspectors: readonly Inspector[];
}

/** File that a pull would take, apart from its name and from the quota. */
interface Taken {
  readonly path: string;
  readonly size: number;
  readonly inspection: Inspection | null;
}

const ORG = orgId('tree');
const NOTHING_KNOWN = { revision: 0, base: new Map(), files: new Map() };

/** Judges the files of a tree as a first pull of the same tree would, with the same rules and limits. */
export async function checkTree(tree: SourceTree, rules: CheckRules): Promise<CheckedTree> {
  const { scope, maxFileBytes: maxBytes, quota } = rules;
  const policy = new SyncPolicy({ id: 'tree', scope, onConflict: 'newest' });
  const { changed, misfits } = pathsToPull(await tree.paths(), policy);
  const { listed, toRead } = pathsThere({ changed, misfits, tree: null }, NOTHING_KNOWN);
  const findings = listed.flatMap(({ path, problem }) => (problem ? [keptOut(path, problem)] : []));
  const lfsRules = await lfsRulesIn(tree);
  const taken: Taken[] = [];
  const batches = inBatches(tree.read(toRead, { maxBytes }));
  const inspectBatches = async (inspector: Inspector): Promise<void> => {
    for await (const batch of batches) {
      const files = batch.map((file) => ({ file, base: undefined, local: null }));
      const problems = await problemsOf(ORG, files, inspector.files, maxBytes);
      const inspections = await inspectionsOf(batch, inspector.texts);
      for (const [index, { path, blob, size }] of batch.entries()) {
        const problem = problems[index] ?? heldByLfs(lfsRules, path, tree.committed(path) === blob);
        if (problem) findings.push(keptOut(path, problem));
        else taken.push({ path, size, inspection: inspections[index] });
      }
    }
  };
  await Promise.all(rules.inspectors.map(inspectBatches));
  taken.sort(byPath);
  const room = new Set(withinQuota({ bytes: quota.maxBytes, files: quota.maxFiles }, taken));
  const outside = taken.filter((file) => !room.has(file));
  findings.push(
    ...outside.map(({ path }) => keptOut(path, { reason: QUOTA_EXCEEDED, detail: noRoom(quota) })),
    ...warningsAbout([...room]),
  );
  return {
    paths: [...changed.keys()].sort(),
    findings: findings.sort((a, b) => byPath(a, b) || byLine(a, b)),
  };
}

async function lfsRulesIn(tree: SourceTree): Promise<string> {
  for await (const { bytes } of tree.read([ATTRIBUTES], { maxBytes: MOST_ATTRIBUTES_BYTES }))
    return lfsRulesOf(bytes?.toString() ?? '');
  return '';
}

/** The problems were found by the same inspector, which inspects no text twice. */
function inspectionsOf(batch: readonly FileContent[], texts: InspectionService) {
  const contents = new Map(batch.flatMap(({ blob, bytes }) => (bytes ? [[blob, bytes] as const] : [])));
  return texts.inspect(ORG, batch, async () => contents);
}

/** Git stores a pointer in place of a new or changed text. A text that git has already comes as it is. */
const heldByLfs = (rules: string, path: string, hasText: boolean) =>
  !hasText && isLfsTracked(rules, path) ? LFS_HOLD : null;

function keptOut(path: string, problem: Omit<TreeFinding, 'path' | 'outcome'>): TreeFinding {
  const { reason, detail, line, column } = problem;
  return {
    ...{ path, outcome: 'kept_out', reason, detail },
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

function warningsAbout(taken: readonly Taken[]): TreeFinding[] {
  const twins = confusablePathsAmong(taken.map(({ path }) => path));
  return taken.flatMap(({ path, inspection }) => {
    const warnings = [
      plainNameWarning(path),
      ...fileSystemWarnings(path, twins.get(path)),
      ...(inspection?.findings ?? []).map(secretWarning),
    ];
    return warnings.flatMap((warning): TreeFinding[] =>
      warning ? [{ path, outcome: 'warning', ...warning }] : [],
    );
  });
}

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
const byLine = (a: FileWarning, b: FileWarning) => (a.line ?? 0) - (b.line ?? 0);
