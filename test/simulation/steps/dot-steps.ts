import { FakeAct } from '@app/audit/testing';
import type { FileEdit } from '@app/context-store';
import { DomainError } from '@app/kernel';
import type { World } from '../world/world';
import { drawText, OUT_OF_SCOPE, PATHS } from './texts';

const PEOPLE = ['Ada', 'Bob', 'Cleo'].map((name) => ({ name, email: `${name.toLowerCase()}@example.com` }));

/** A change made in Dot: one or several files, written, taken away, moved, or as they were before. */
export async function edit(world: World): Promise<void> {
  const { random, org, web } = world;
  const edits: FileEdit[] = [await drawEdit(world)];
  while (edits.length < 4 && random.chance(0.4)) edits.push(await drawEdit(world));
  const message = random.chance(0.1) ? await poseAsAnother(world) : `Edit ${random.nextSeed()}`;
  const by = { author: random.pick(PEOPLE), origin: random.pick(['user', 'agent', 'api'] as const), message };
  const what = edits.map((edit) => `${edit.op} ${edit.op === 'move' ? `${edit.from} to ` : ''}${edit.path}`);
  await attempt(world, `Dot: ${what.join(', ')}`, () => web.files.change(org, edits, by));
}

async function drawEdit({ random, org, web }: World): Promise<FileEdit> {
  const existing = [...(await web.store.snapshot(org)).files.keys()].sort();
  const path = random.chance(0.03) ? random.pick(OUT_OF_SCOPE) : random.pick(PATHS);
  const present = existing.length ? random.pick(existing) : path;
  const op = random.weighted({ put: 6, rewrite: 4, revert: 2, delete: 3, move: 2, 'move and edit': 1 });
  const content = Buffer.from(drawText(random));
  if (op === 'delete') return { op, path: present };
  if (op === 'move') return { op, from: present, path };
  if (op === 'move and edit') return { op: 'move', from: present, path, content };
  if (op === 'rewrite') return { op: 'put', path: present, content };
  if (op === 'put') return { op, path, content };
  const { items } = await web.store.history(org, { path: present, limit: 5 });
  const earlier = items.flatMap(({ blob }) => blob ?? []);
  if (!earlier.length) return { op: 'put', path: present, content };
  const blob = random.pick(earlier);
  return { op: 'put', path: present, content: (await web.store.contents(org, [blob])).get(blob)! };
}

/** A message with the trailer of a change that was made before. */
async function poseAsAnother({ random, org, web }: World): Promise<string> {
  const changes = await web.store.changesAfter(org, 0, 1000);
  return changes.length ? `Edit\n\nDot-Change-Id: ${random.pick(changes).id}` : 'Edit';
}

/** The text that lost a conflict becomes the newest. */
export async function restoreConflict(world: World): Promise<void> {
  const { random, org, web } = world;
  const { items } = await web.engine.conflicts.execute(org, { limit: 200 });
  if (!items.length) return;
  const { id, path } = random.pick(items);
  await attempt(world, `Dot: restore what lost at ${path}`, () =>
    web.engine.restore.execute(org, id, random.pick(PEOPLE), new FakeAct()),
  );
}

export async function undoRun(world: World): Promise<void> {
  const { random, org, web } = world;
  const { items } = await web.engine.runs.list(org, { limit: 20 });
  if (!items.length) return;
  const { id, kind } = random.pick(items);
  const by = { author: random.pick(PEOPLE), origin: 'user' as const };
  await attempt(world, `Dot: undo a ${kind}`, () => web.files.undo(org, id, by));
}

/** A person's request may be refused; any other error is a bug. */
export async function attempt(world: World, what: string, request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
    world.note(what);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    world.note(`${what}: refused, ${error.code}`);
  }
}
