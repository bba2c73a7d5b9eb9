import type { FileContent } from '@app/gitlab';

/** Texts that are inspected at a time. */
const MOST = { files: 200, bytes: 1024 * 1024 };

/** Groups files as they arrive. */
export async function* inBatches(files: AsyncIterable<FileContent>): AsyncGenerator<FileContent[]> {
  let batch: FileContent[] = [];
  let bytes = 0;
  for await (const file of files) {
    batch.push(file);
    bytes += file.bytes?.byteLength ?? 0;
    if (batch.length < MOST.files && bytes < MOST.bytes) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length) yield batch;
}
