import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Batcher, type Blob, type OrgId } from '@app/kernel';
import type { ContextFile } from '../domain/change';
import { FileNotFound, VersionNotFound } from '../domain/context-store.errors';
import { checkPath } from '../domain/path-rules';
import { ContextStore } from './context-store.port';
import { ContextStoreSettings } from './context-store.settings';

export interface FileRead {
  /** The org's revision at the moment of reading. */
  readonly revision: number;
  readonly file: ContextFile;
  readonly content: Buffer;
}

/** Memory that an entry takes besides its bytes. */
const ENTRY_BYTES = 256;

/** Most files of an org per query. */
const MOST_AT_ONCE = 50;
/** Most orgs whose reads share queries; those of another org would start over. */
const MOST_ORGS = 1_000;

interface Text {
  readonly blob: Blob;
  readonly content: Buffer;
}

interface Found {
  readonly revision: number;
  readonly file: ContextFile | null;
  /** Null if only the blob was asked for. */
  readonly content: Buffer | null;
}

/**
 * Reads texts through a cache of the latest ones. Each read asks the store for the blob of the path, and gets the text
 * if the blob is another. So no process returns a text that another process has replaced. Reads of an org that arrive
 * during a query share the next one. Do not read inside a transaction: others would read with it.
 */
@Injectable()
export class ReadFiles {
  private readonly cache: LRUCache<string, Text>;
  private readonly lookUps = new LRUCache<OrgId, Batcher<string, Found>>({ max: MOST_ORGS });

  constructor(
    private readonly store: ContextStore,
    { cacheBytes }: ContextStoreSettings,
  ) {
    const sizeCalculation = ({ content }: Text) => content.byteLength + ENTRY_BYTES;
    this.cache = new LRUCache({ maxSize: cacheBytes, sizeCalculation });
  }

  /** @throws PathNotAllowed, FileNotFound */
  async read(org: OrgId, path: string): Promise<FileRead> {
    checkPath(path);
    const { revision, file, content } = await this.lookUpsOf(org).do(path);
    if (!file) throw new FileNotFound(path);
    const known = this.cache.get(keyOf(org, path));
    const text = content ?? (known?.blob === file.blob ? known.content : null);
    return text ? { revision, file, content: text } : this.readAgain(org, path);
  }

  /** Returns the text of a version. @throws VersionNotFound also for a version that deleted its file */
  async version(org: OrgId, id: string): Promise<{ path: string; blob: Blob; content: Buffer }> {
    const version = await this.store.version(org, id);
    if (!version?.blob) throw new VersionNotFound(id);
    const { path, blob } = version;
    const content = (await this.store.contents(org, [blob])).get(blob);
    if (content) return { path, blob, content };
    if (await this.store.version(org, id)) throw new BlobMissing(org, blob);
    throw new VersionNotFound(id); // pruned between the two reads
  }

  private async readAgain(org: OrgId, path: string): Promise<FileRead> {
    const { revision, file, content } = await this.readOne(org, path);
    if (!file || !content) throw new FileNotFound(path);
    return { revision, file, content };
  }

  private lookUpsOf(org: OrgId): Batcher<string, Found> {
    const known = this.lookUps.get(org);
    if (known) return known;
    const lookUps = new Batcher<string, Found>((paths) => this.findAll(org, paths), MOST_AT_ONCE);
    this.lookUps.set(org, lookUps);
    return lookUps;
  }

  private async findAll(org: OrgId, paths: readonly string[]): Promise<Found[]> {
    if (paths.length === 1) return [await this.readOne(org, paths[0])];
    const { revision, files } = await this.store.files(org, [...new Set(paths)]);
    return paths.map((path) => ({ revision, file: files.get(path) ?? null, content: null }));
  }

  /** Reads the file with its text. `content` is null only if there is no file. */
  private async readOne(org: OrgId, path: string): Promise<Found> {
    const key = keyOf(org, path);
    const known = this.cache.get(key);
    const { revision, file, content } = await this.store.read(org, path, known?.blob ?? null);
    if (!file) return { revision, file, content: null };
    const { blob } = file;
    if (content) this.cache.set(key, { blob, content });
    else if (known?.blob !== blob) throw new BlobMissing(org, blob);
    return { revision, file, content: content ?? known!.content };
  }
}

const keyOf = (org: OrgId, path: string): string => `${org} ${path}`;

class BlobMissing extends Error {
  constructor(org: OrgId, blob: Blob) {
    super(`the store has lost blob ${blob} of ${org}`);
  }
}
