import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { FileContent } from '@app/gitlab';
import { INSPECTION_INTERRUPTED, isAbout, type Quarantined } from '../../domain/findings';
import { isProposed } from '../../domain/proposed-entry';
import { Findings } from '../ports/findings.port';
import { BaseEntries } from '../ports/base-entries.port';
import { ProposedEntries } from '../ports/proposed-entries.port';
import { readBranchChanges } from './branch-changes';
import {
  discovered,
  pathsGone,
  pathsThere,
  withoutFreed,
  type DiscoveredPath,
  type Known,
} from './discovered-path';
import { FreedFiles } from './freed-files';
import { lfsRulesAt } from './lfs-rules-at';
import type { DiscoverRequest, RemoteChanges } from './remote-changes';
import { RemoteFiles } from './remote-files';

/** Reads GitLab's changes, and the entries of the base and of both sides. Decides nothing and changes nothing. */
@Injectable()
export class DiscoverRemote {
  constructor(
    private readonly base: BaseEntries,
    private readonly proposed: ProposedEntries,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly freedFiles: FreedFiles,
    private readonly remoteFiles: RemoteFiles,
  ) {}

  /** @throws BranchGone if the branch is missing in a repository that is not empty */
  async changes(request: DiscoverRequest): Promise<RemoteChanges> {
    const { org } = request;
    const [onBranch, quarantined] = await Promise.all([
      readBranchChanges(request),
      this.quarantined(request),
    ]);
    const waiting = [
      ...(await this.freedFiles.findAmong(org, quarantined)),
      ...interruptedAmong(quarantined),
    ];
    const reviewed = await this.reviewed(request, waiting);
    // GitLab's changes to paths that left the scope are not listed, so a file may be gone there.
    const isFreed = (path: string) => request.policy.mayPull(path) && !reviewed.has(path);
    const freed = new Set(waiting.filter(isFreed));
    const lfsRules = await lfsRulesAt(request, onBranch, quarantined);
    const found = { ...onBranch, quarantined, freed, lfsRules, unannounced: new Set<string>() };
    if (onBranch.tree) return found;
    const doubted = new Set(request.doubted);
    const unnamed = [...freed, ...doubted].filter((path) => !onBranch.changed.has(path));
    return {
      ...found,
      changed: new Map([...onBranch.changed, ...unnamed.map((path) => [path, 'file'] as const)]),
      unannounced: new Set(unnamed.filter((path) => !doubted.has(path))),
    };
  }

  /** Yields each path that may have changed, deletions first, in batches whose texts fit into memory. */
  async *paths(request: DiscoverRequest, changes: RemoteChanges): AsyncGenerator<DiscoveredPath[]> {
    const known = await this.known(request, changes);
    const gone = pathsGone(request, changes, known);
    const stillThere = await this.remoteFiles.overlooked(request, changes, gone, known.base);
    yield gone.filter((path) => !stillThere.has(path)).map((path) => discovered(known, path, {}));
    yield await this.inspected(request, known, [...stillThere.values()]);
    const seen = { ...known, base: withoutFreed(known.base, changes) };
    const { listed, toRead } = pathsThere(changes, seen);
    yield listed;
    for await (const files of this.remoteFiles.read(request, changes, toRead))
      yield await this.inspected(request, seen, files);
  }

  /** Returns the findings that the branch may end: those about a work branch do not concern its target. */
  private async quarantined({ org, withoutBase, proposal }: DiscoverRequest) {
    if (withoutBase) return new Map<string, Quarantined>();
    const found = await this.findings.quarantined(org);
    if (!proposal?.cycle || !found.size) return found;
    const base = await this.base.around(org, [...found.keys()]);
    const isOwn = ([path, file]: [string, Quarantined]) =>
      file.side === 'local' || isAbout(file, base.get(path)?.remote ?? null);
    return new Map([...found].filter(isOwn));
  }

  /** Returns the paths that the work branch changes, and Dot has not edited since: a former text of the target is not news. */
  private async reviewed({ org, proposal }: DiscoverRequest, paths: readonly string[]): Promise<Set<string>> {
    if (!proposal?.cycle || !paths.length) return new Set();
    const [own, base, { files }] = await Promise.all([
      this.proposed.around(org, paths),
      this.base.around(org, paths),
      this.store.files(org, paths),
    ]);
    const changed = [...own].filter(
      ([path, entry]) => isProposed(entry, base.get(path)) && entry.local === (files.get(path)?.blob ?? null),
    );
    return new Set(changed.map(([path]) => path));
  }

  /** Reads Dot's files with their revision: a later change in Dot is neither considered nor superseded. */
  private async known(
    { org, withoutBase }: DiscoverRequest,
    { tree, changed }: RemoteChanges,
  ): Promise<Known> {
    const paths = [...changed.keys()];
    const [base, local] = tree
      ? await Promise.all([this.base.all(org), this.store.snapshot(org)])
      : await Promise.all([this.base.around(org, paths), this.store.files(org, paths)]);
    return { ...local, base: withoutBase ? new Map() : base };
  }

  private async inspected(
    { org }: DiscoverRequest,
    known: Known,
    files: readonly FileContent[],
  ): Promise<DiscoveredPath[]> {
    const asked = files.map((file) => ({
      file,
      base: known.base.get(file.path),
      local: known.files.get(file.path)?.blob ?? null,
    }));
    const problems = await this.remoteFiles.problems(org, asked);
    return files.map(({ path, blob, bytes }, index) =>
      discovered(known, path, { remote: blob, content: bytes, problem: problems[index] }),
    );
  }
}

function interruptedAmong(quarantined: RemoteChanges['quarantined']): string[] {
  const waiting = [...quarantined.values()].filter(
    ({ side, reason }) => side === 'remote' && reason === INSPECTION_INTERRUPTED,
  );
  return waiting.map(({ path }) => path);
}
