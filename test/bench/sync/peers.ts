import { Gitlab } from '@gitbeaker/rest';
import axios, { type AxiosInstance } from 'axios';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as git from 'isomorphic-git';
import * as gitHttp from 'isomorphic-git/http/node';
import type { Client } from 'pg';
import { blobOf } from '@app/kernel';
import type { Project } from '../scale/gitlab';

const exec = promisify(execFile);
const PER_PAGE = 100;
const INSERT_FILES = 500;
const AT_A_TIME = 16;

interface Row {
  readonly path: string;
  readonly bytes: Buffer;
}

export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dot-gitlab-sync-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The time that the work took, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** `git clone --depth 1` and one transaction that inserts all files in bulk. */
export async function cloneAndInsert(url: string, database: Client, folder: string): Promise<void> {
  await exec('git', ['clone', '--quiet', '--depth', '1', url, folder]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(folder, '.git/')));
  await database.query('CREATE TABLE IF NOT EXISTS peer_files (run text, path text, blob text, bytes bytea)');
  await database.query('BEGIN');
  for (let at = 0; at < files.length; at += INSERT_FILES) {
    const some = files.slice(at, at + INSERT_FILES);
    await insert(
      database,
      folder,
      await Promise.all(
        some.map(async (file) => ({ path: file.slice(folder.length + 1), bytes: await readFile(file) })),
      ),
    );
  }
  await database.query('COMMIT');
  await database.query('TRUNCATE peer_files');
}

async function insert(database: Client, run: string, rows: readonly Row[]): Promise<void> {
  await database.query(
    'INSERT INTO peer_files SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bytea[]) AS row',
    [
      run,
      rows.map(({ path }) => path),
      rows.map(({ bytes }) => blobOf(bytes)),
      rows.map(({ bytes }) => bytes),
    ],
  );
}

/** A clone in JavaScript; nothing is stored in a database. */
export async function cloneByIsomorphicGit(url: string, folder: string): Promise<void> {
  await git.clone({ fs, http: gitHttp, dir: folder, url, depth: 1, singleBranch: true });
}

/** Reads the list and each file by the client that most programs use, several at a time; nothing is stored. */
export async function readByGitbeaker(host: string, { id, token }: Project): Promise<number> {
  const client = new Gitlab({ host, token });
  const tree = await client.Repositories.allRepositoryTrees(id, { recursive: true, perPage: PER_PAGE });
  const files = tree.filter(({ type }) => type === 'blob').values();
  let read = 0;
  const one = async () => {
    for (const { path } of files) {
      await client.RepositoryFiles.showRaw(id, path, 'main');
      read++;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, one));
  return read;
}

/** GitLab's API without anything around it. */
export class BareApi {
  private readonly http: AxiosInstance;

  constructor(
    instanceUrl: string,
    private readonly project: Project,
  ) {
    this.http = axios.create({
      baseURL: instanceUrl,
      proxy: false,
      maxBodyLength: Infinity,
      httpAgent: new Agent({ keepAlive: true }),
      headers: { 'PRIVATE-TOKEN': project.token },
    });
  }

  /** All pages of the tree and the texts by GraphQL, one request after the other; nothing is stored. */
  async readAll(): Promise<number> {
    const paths: string[] = [];
    for (let page = '1'; page;) {
      const params = { recursive: true, per_page: PER_PAGE, page };
      const { data, headers } = await this.http.get(`${this.repository}/tree`, { params });
      for (const { type, path } of data as { type: string; path: string }[])
        if (type === 'blob') paths.push(path);
      page = String(headers['x-next-page'] ?? '');
    }
    let read = 0;
    for (let at = 0; at < paths.length; at += PER_PAGE)
      read += (await this.texts(paths.slice(at, at + PER_PAGE), 'main')).length;
    return read;
  }

  /** The two calls of a pull: what changed, and the texts. */
  async readChanged(from: string, to: string): Promise<number> {
    const params = { from, to, straight: true };
    const { data } = await this.http.get(`${this.repository}/compare`, { params });
    const paths = (data.diffs as { new_path: string }[]).map(({ new_path: path }) => path);
    return (await this.texts(paths, to)).length;
  }

  /** One commit. Returns its id. */
  async commit(actions: readonly object[], message: string): Promise<string> {
    const body = { branch: 'main', commit_message: message, stats: false, actions };
    const { data } = await this.http.post(`${this.repository}/commits`, body);
    return (data as { id: string }).id;
  }

  private get repository(): string {
    return `/api/v4/projects/${this.project.id}/repository`;
  }

  private async texts(paths: readonly string[], ref: string): Promise<unknown[]> {
    const query = `query ($project: ID!, $ref: String!, $paths: [String!]!) {
      project(fullPath: $project) { repository { blobs(ref: $ref, paths: $paths) { nodes { path oid rawTextBlob } } } } }`;
    const variables = { project: this.project.path, ref, paths };
    const { data } = await this.http.post('/api/graphql', { query, variables });
    return data.data.project.repository.blobs.nodes as unknown[];
  }
}
