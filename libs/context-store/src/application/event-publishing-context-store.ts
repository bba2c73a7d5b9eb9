import type { Blob, EventBus, OrgId, PageRequest, Transactions } from '@app/kernel';
import type { Change, NewChange } from '../domain/change';
import type { ContextChanged } from '../domain/context-changed';
import { ContextStore } from './context-store.port';

/** Publishes every change of the wrapped store to this process's modules after commit, whatever its origin. */
export class EventPublishingContextStore extends ContextStore {
  constructor(
    private readonly store: ContextStore,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {
    super();
  }

  async commit(org: OrgId, change: NewChange): Promise<Change> {
    return this.transactions.run(async () => {
      const made = await this.store.commit(org, change);
      if (made.versions.length) await this.events.publishAfter(this.transactions, changed(org, made));
      return made;
    });
  }

  override stage(org: OrgId, texts: readonly Buffer[]) {
    return this.store.stage(org, texts);
  }

  usage(org: OrgId) {
    return this.store.usage(org);
  }

  revision(org: OrgId) {
    return this.store.revision(org);
  }

  list(org: OrgId, request: PageRequest & { readonly prefix?: string }) {
    return this.store.list(org, request);
  }

  snapshot(org: OrgId) {
    return this.store.snapshot(org);
  }

  override filesAfter(org: OrgId, path: string, limit: number) {
    return this.store.filesAfter(org, path, limit);
  }

  override lookAlikes(org: OrgId) {
    return this.store.lookAlikes(org);
  }

  file(org: OrgId, path: string) {
    return this.store.file(org, path);
  }

  read(org: OrgId, path: string, known: Blob | null) {
    return this.store.read(org, path, known);
  }

  files(org: OrgId, paths: readonly string[]) {
    return this.store.files(org, paths);
  }

  contents(org: OrgId, blobs: readonly Blob[]) {
    return this.store.contents(org, blobs);
  }

  changesAfter(org: OrgId, revision: number, limit: number) {
    return this.store.changesAfter(org, revision, limit);
  }

  countMadeInDotAfter(org: OrgId, revision: number) {
    return this.store.countMadeInDotAfter(org, revision);
  }

  editedInDotAfter(revisions: ReadonlyMap<OrgId, number>) {
    return this.store.editedInDotAfter(revisions);
  }

  history(org: OrgId, request: PageRequest & { readonly path?: string }) {
    return this.store.history(org, request);
  }

  version(org: OrgId, id: string) {
    return this.store.version(org, id);
  }

  versionBefore(org: OrgId, path: string, revision: number) {
    return this.store.versionBefore(org, path, revision);
  }

  changesOfRun(org: OrgId, runId: string) {
    return this.store.changesOfRun(org, runId);
  }

  noteCommit(org: OrgId, changeId: string, commit: string, paths: readonly string[]) {
    return this.store.noteCommit(org, changeId, commit, paths);
  }
}

function changed(org: OrgId, { revision, origin, versions }: Change): ContextChanged {
  const paths = versions.filter(({ op }) => op !== 'keep').map(({ path }) => path);
  return { name: 'context.changed.v1', org, revision, origin, paths: [...new Set(paths)] };
}
