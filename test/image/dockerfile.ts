import { execSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

/** An image as directories and settings instead of layers. */
export interface AssembledImage {
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

/** Parses the stages of a Dockerfile. */
export function stagesOf(source: string): Stage[] {
  const lines = source
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
  const instructions = lines.map((line) => {
    const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line)!;
    return { name, rest };
  });
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, stage) => {
    const [, base, name = String(stage)] = /^(\S+)(?: AS (\S+))?$/.exec(instructions[start].rest)!;
    return { name, base, instructions: instructions.slice(start + 1, starts[stage + 1]) };
  });
}

/** Runs the steps of a Dockerfile in directories below `root`, with this machine's Node instead of the base image. */
export function assemble(stages: readonly Stage[], root: string): AssembledImage {
  const built = new Map<string, AssembledImage>();
  for (const { name, instructions } of stages)
    built.set(name, runStage(instructions, join(root, name), root));
  return built.get(stages.at(-1)!.name)!;
}

function runStage(instructions: readonly Instruction[], stage: string, root: string): AssembledImage {
  let image: AssembledImage = { workdir: stage, env: {}, command: [] };
  for (const { name, rest } of instructions) {
    if (name === 'WORKDIR') image = { ...image, workdir: join(stage, rest) };
    if (name === 'ENV') image = { ...image, env: { ...image.env, ...pairsOf(rest) } };
    if (name === 'CMD') image = { ...image, command: JSON.parse(rest) as string[] };
    mkdirSync(image.workdir, { recursive: true });
    if (name === 'RUN') execSync(rest, { cwd: image.workdir, stdio: 'ignore' });
    if (name === 'COPY') copy(rest.split(' '), image.workdir, root);
  }
  return image;
}

function copy(words: readonly string[], workdir: string, root: string): void {
  const [first, ...others] = words;
  if (first.startsWith('--from=')) {
    const [source, target] = others;
    mkdirSync(dirname(join(workdir, target)), { recursive: true });
    return renameSync(join(root, first.slice('--from='.length), source), join(workdir, target));
  }
  const sources = words.slice(0, -1);
  const files = contextFiles().filter((file) => sources.includes('.') || sources.includes(file));
  for (const file of files) {
    mkdirSync(dirname(join(workdir, file)), { recursive: true });
    cpSync(file, join(workdir, file));
  }
}

/** The files of a clean clone that `.dockerignore` lets into the build. */
function contextFiles(): string[] {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
  const isIgnored = (file: string) => ignored.some((name) => file === name || file.startsWith(`${name}/`));
  const files = execSync('git ls-files -co --exclude-standard', { encoding: 'utf8' }).split('\n');
  return files.filter((file) => file && !isIgnored(file));
}

export const pairsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g)].map(([, key, a, b]) => [key, a ?? b]),
  );
