import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { Commit, FileContent } from '@app/gitlab';
import type { Decision } from '../../domain/decision';
import type { Quarantined } from '../../domain/findings';
import { BaseEntries } from '../ports/base-entries.port';
import type { SyncPass } from '../pass/sync-pass';
import { SyncEngineSettings } from '../sync-engine.settings';
import { RecordConflicts } from './record-conflicts';
import { StorePulled } from './store-pulled';

/** GitLab's texts that a commit of ours replaced before Dot had taken them, as conflicts that Dot has won. */
export interface Replaced {
  readonly head: Commit;
  readonly decisions: readonly Decision[];
}

/** Content that a commit of Dot may have replaced. */
export interface ReplacedRequest {
  /** The commit before ours. */
  readonly before: string;
  readonly paths: readonly string[];
  /** The findings at any path. */
  readonly quarantined: ReadonlyMap<string, Quarantined>;
  /** True if others committed between our base and our commit. */
  readonly raced: boolean;
}

/** Keeps the texts that a commit of ours replaced unseen. */
@Injectable()
export class KeepReplaced {
  constructor(
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly storePulled: StorePulled,
    private readonly recordConflicts: RecordConflicts,
    private readonly settings: SyncEngineSettings,
  ) {}

  /**
   * Returns the texts that were pushed between GitLab's check and its write (docs/gitlab-api.md#last_commit_id), and those in
   * quarantine; null if there are none.
   */
  async find(
    pass: SyncPass,
    { before, paths, quarantined, raced }: ReplacedRequest,
  ): Promise<Replaced | null> {
    const unread = new Set(paths.filter((path) => quarantined.get(path)?.side === 'remote'));
    const asked = raced ? paths : [...unread];
    return asked.length ? this.findAt(pass, before, asked, unread) : null;
  }

  /** Keeps those texts as losers of a conflict. Joins the caller's transaction. */
  async keep(pass: SyncPass, { head, decisions }: Replaced): Promise<void> {
    const change = await this.storePulled.execute(pass, { head, commits: [head] }, { decisions });
    await this.recordConflicts.execute(pass, decisions, change);
  }

  private async findAt(
    { org, gitlab, repo }: SyncPass,
    commit: string,
    paths: readonly string[],
    unread: ReadonlySet<string>,
  ): Promise<Replaced | null> {
    const base = await this.base.around(org, paths);
    const held = paths.filter((path) => base.get(path)?.remote);
    const unseen: FileContent[] = [];
    for await (const file of gitlab.readFiles(repo, commit, held, { maxBytes: this.settings.maxFileBytes }))
      if (file.bytes && (unread.has(file.path) || file.blob !== base.get(file.path)?.remote))
        unseen.push(file);
    if (!unseen.length) return null;
    const head = await gitlab.commitById(repo, commit);
    const { files, revision } = await this.store.files(org, paths);
    const decisions: Decision[] = [];
    for (const { path, blob, bytes } of unseen) {
      const by = unread.has(path) ? await gitlab.lastCommitTouching(repo, commit, path) : head;
      const localFile = files.get(path) ?? null;
      decisions.push({
        ...{ kind: 'conflict', winner: 'local', path, remote: blob, content: bytes, commit: by ?? head },
        ...{ local: localFile?.blob ?? null, localFile, base: base.get(path), asOf: revision },
      });
    }
    return { head, decisions };
  }
}
