import type { Change, HistoryEntry } from '@app/context-store';
import { blobOf } from '@app/kernel';
import type { Conflict } from '@app/sync-engine';
import type { World } from '../world/world';
import type { Audit } from './audit';
import { isBad } from './equality';
import { asGitLabStores, type GitView } from './git-view';

/** No text is lost: neither side's text was replaced unseen, and what lost a conflict can be had back. */
export async function checkTexts(world: World, git: GitView, audit: Audit): Promise<string[]> {
  const history = await wholeHistory(world);
  const contents = await world.web.store.contents(
    world.org,
    history.flatMap(({ blob }) => blob ?? []),
  );
  const changes = await world.web.store.changesAfter(world.org, 0, 100_000);
  const { discards, recorded } = await runsOf(world);
  const conflicts = world.tables.table<Conflict>(`sync_conflicts ${world.org}`).values();
  return [
    ...unreadable(history, contents),
    ...unrestorable(conflicts, history),
    ...overwrittenOnGitLab(history, contents, recorded, git, audit),
    ...overwrittenInDot(history, contents, { conflicts, discards }, git),
    ...onlyInDot(changes, contents, git),
  ];
}

interface Runs {
  /** The runs by which a person gave Dot's texts up, which undoing them brings back. */
  readonly discards: ReadonlySet<string | null>;
  /** The commits that Dot knows to be its own. */
  readonly recorded: ReadonlySet<string>;
}

async function runsOf({ web, org }: World): Promise<Runs> {
  const { items } = await web.engine.runs.list(org, { limit: 100_000 });
  return {
    discards: new Set(items.filter(({ intent }) => intent === 'discard').map(({ id }) => id)),
    recorded: new Set(items.flatMap(({ commits }) => commits)),
  };
}

async function wholeHistory({ web, org }: World): Promise<HistoryEntry[]> {
  const { items } = await web.store.history(org, { limit: 100_000 });
  return [...items].reverse();
}

function unreadable(history: readonly HistoryEntry[], contents: ReadonlyMap<string, Buffer>): string[] {
  return history
    .filter(({ blob }) => blob !== null && !contents.has(blob))
    .map(({ path, id }) => `the text of version ${id} of ${path} is gone`);
}

function unrestorable(conflicts: readonly Conflict[], history: readonly HistoryEntry[]): string[] {
  return conflicts
    .filter(({ path, kept }) => !history.some((entry) => entry.id === kept.version && entry.path === path))
    .map(({ path, id }) => `what lost conflict ${id} at ${path} cannot be restored`);
}

/** Checks that Dot had seen each version that our commits replaced: as a version, or as a file that was left out. */
function overwrittenOnGitLab(
  history: readonly HistoryEntry[],
  contents: ReadonlyMap<string, Buffer>,
  recorded: ReadonlySet<string>,
  git: GitView,
  { own, setBack }: Audit,
): string[] {
  const seen = new Set(
    history.flatMap(({ path, blob }) =>
      blob === null ? [] : [`${path} ${blob}`, `${path} ${blobOf(asGitLabStores(contents.get(blob)!))}`],
    ),
  );
  return own.flatMap(({ id, base, line }) => {
    const changed = git.changed(git.commit(id));
    // GitLab lets a new file replace a directory, without a way to prevent it. The texts of an unknown directory are then only in Git.
    // Nor does Dot see one on a work branch that the target lost meanwhile.
    const raced = git.commit(id).parents[0] !== base || line.includes(' from ');
    const replaced = (path: string) =>
      raced && changed.some((other) => !other.before && path.startsWith(`${other.path}/`));
    // A person took both off the branch again before the next holder of the lease could look, and the one that sent the commit
    // recorded nothing.
    const back = recorded.has(id) ? undefined : setBack.get(id);
    const passed = ({ path, before }: (typeof changed)[number]) =>
      back !== undefined && git.files(git.commit(back)).get(path)?.id !== before?.id;
    return changed
      .filter(({ path, before }) => before && !seen.has(`${path} ${before.id}`) && !isBad(path, before, git))
      .filter((one) => !replaced(one.path) && !passed(one))
      .map(
        ({ path, before }) =>
          `commit ${id} replaced ${git.blob(before!.id)?.toString()} at ${path}, which Dot never saw`,
      );
  });
}

/** Checks that each version that a pull replaced had been on GitLab before, or is kept as the loser of a conflict. */
function overwrittenInDot(
  history: readonly HistoryEntry[],
  contents: ReadonlyMap<string, Buffer>,
  { conflicts, discards }: { conflicts: readonly Conflict[]; discards: ReadonlySet<string | null> },
  git: GitView,
): string[] {
  const onGitLab = git.everything();
  const kept = new Set(conflicts.map(({ kept }) => kept.version));
  const last = new Map<string, HistoryEntry>();
  return history.flatMap((entry): string[] => {
    if (entry.op === 'keep') return [];
    const former = last.get(entry.path);
    last.set(entry.path, entry);
    if (entry.origin !== 'gitlab' || !former?.blob || former.origin === 'gitlab') return [];
    if (discards.has(entry.runId)) return [];
    const sent = [former.blob, blobOf(asGitLabStores(contents.get(former.blob)!))];
    if (kept.has(former.id) || sent.some((blob) => onGitLab.has(`${entry.path} ${blob}`))) return [];
    return [
      `a pull replaced version ${former.id} of ${entry.path}, which GitLab never had, without a conflict`,
    ];
  });
}

/** A commit that does not report a file as left out has it in Git; years later, Dot's own copy is pruned. */
function onlyInDot(
  changes: readonly Change[],
  contents: ReadonlyMap<string, Buffer>,
  git: GitView,
): string[] {
  const onGitLab = git.everything();
  return changes.flatMap(({ revision, commit, versions, leftOut = [] }) => {
    const last = new Map(versions.filter(({ op }) => op !== 'keep').map(({ path, blob }) => [path, blob]));
    for (const path of leftOut) last.delete(path);
    return [...last]
      .filter(([path, blob]) => {
        if (commit === null || blob === null) return false;
        return ![blob, blobOf(asGitLabStores(contents.get(blob)!))].some((one) =>
          onGitLab.has(`${path} ${one}`),
        );
      })
      .map(
        ([path]) => `commit ${commit} is said to carry ${path} of change ${revision}, which Git never had`,
      );
  });
}
