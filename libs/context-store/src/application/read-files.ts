import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Blob, OrgId } from '@app/kernel';
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

interface Text {
  readonly blob: Blob;
  readonly content: Buffer;
}

/**
 * Reads texts through a cache of the latest ones. Each read asks the store which blob the path has, and gets the text
 * if the blob is another. This is one cheap query, and no process ever returns a text that another process has
 * replaced.
 */
@Injectable()
export class ReadFiles {
  private readonly cache: LRUCache<string, Text>;

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
    const key = `${org} ${path}`;
    const known = this.cache.get(key);
    const { revision, file, content } = await this.store.read(org, path, known?.blob ?? null);
    if (!file) throw new FileNotFound(path);
    const { blob } = file;
    if (content) {
      this.cache.set(key, { blob, content });
      return { revision, file, content };
    }
    if (known?.blob !== blob) throw new BlobMissing(org, blob);
    return { revision, file, content: known.content };
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
}

class BlobMissing extends Error {
  constructor(org: OrgId, blob: Blob) {
    super(`the store has lost blob ${blob} of ${org}`);
  }
}
