import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { OrgId } from '@app/kernel';
import { compare } from './comparison/compare';
import { report } from './comparison/report';
import { GitServer } from './sync/git-server';
import { prepareLeast, pushTheLeast } from './sync/least-push';
import { BareApi, inFolder, timed } from './sync/peers';
import { sampleFiles, type SampleFiles } from './sync/sample-files';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const FILES = Number(process.env.BENCH_FILES ?? 5_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const OURS = 'Dot GitLab Sync';
const BARE = 'one bare commit request';
/** Files of one change that the API takes. */
const SAVED_FILES = 500;

const exec = promisify(execFile);

/** The first push of all files that Dot has into an empty repository. */
export async function run(): Promise<boolean> {
  const [stage, git] = [await Stage.open(), await GitServer.start()];
  const files = sampleFiles({ count: FILES, bytes: 6_000 });
  await prepareLeast(stage.database);
  try {
    const result = await compare({
      title: `First push of ${FILES} files of 6 kB`,
      ...{ unit: 'ms', rounds: ROUNDS },
      contenders: [
        { name: OURS, run: () => push(stage, files) },
        { name: 'the same, saved through the API', run: () => push(stage, files, saveByApi) },
        { name: BARE, run: () => commitAtOnce(stage, files) },
        { name: 'read, send, record', run: () => doTheLeast(stage, files) },
        { name: 'git commit, git push', run: (round) => pushByGit(git, `context-${round}`, files) },
      ],
      target: { ours: OURS, beside: BARE, most: 1.3 },
    });
    return await report('first-push', [result]);
  } finally {
    await stage.close();
    await git.stop();
  }
}

/** Writes texts into Dot without an inspection, as a host's own store may hold them. */
const write = (stage: Stage, org: OrgId, files: SampleFiles) => stage.texts.change(org, files);

/** Saves texts as users do. The service inspects them then. */
async function saveByApi(stage: Stage, org: OrgId, files: SampleFiles): Promise<void> {
  const changes = Object.entries(files).map(([path, content]) => ({ op: 'put', path, content }));
  for (let at = 0; at < changes.length; at += SAVED_FILES)
    await stage.ask(org, 'context/changes', 'POST', { changes: changes.slice(at, at + SAVED_FILES) });
}

async function push(stage: Stage, files: SampleFiles, save = write) {
  const { org, project } = await stage.newOrg(null);
  await save(stage, org, files);
  const { ms, requests, cpu } = await stage.firstSync(org, project);
  const pushed = await stage.gitlab.ask('count', project.id);
  if (pushed !== FILES) throw new Error(`${pushed} files on GitLab after the first push`);
  await stage.dismiss(org, project);
  return { value: ms, facts: { requests, 's of CPU': cpu } };
}

async function commitAtOnce(stage: Stage, files: SampleFiles) {
  const { project } = await stage.newOrg(null);
  const api = new BareApi(stage.gitlab.url, project);
  const value = await timed(() => {
    const actions = Object.entries(files).map(([path, content]) => ({
      ...{ action: 'create', file_path: path, content },
    }));
    return api.commit(actions, 'Add all files');
  });
  await stage.gitlab.ask('remove', project.id);
  return { value };
}

async function doTheLeast(stage: Stage, files: SampleFiles) {
  const { org, project } = await stage.newOrg(null);
  await stage.texts.change(org, files);
  const api = new BareApi(stage.gitlab.url, project);
  const value = await timed(() => pushTheLeast(stage.database, org, api));
  await stage.gitlab.ask('remove', project.id);
  return { value };
}

/** The files lie on the disk before. */
async function pushByGit(git: GitServer, name: string, files: SampleFiles) {
  await git.fill(name, {});
  const value = await inFolder(async (folder) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const by = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-C', folder];
    return timed(async () => {
      await exec('git', ['init', '--quiet', '--initial-branch=main', folder]);
      await exec('git', [...by, 'add', '.']);
      await exec('git', [...by, 'commit', '--quiet', '--message', 'Add all files']);
      await exec('git', [...by, 'push', '--quiet', git.urlOf(name), 'main']);
    });
  });
  return { value };
}
