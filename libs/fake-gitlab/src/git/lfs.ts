import { createHash } from 'node:crypto';

const OID = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n/;

/** What git holds in place of content kept in LFS. */
export function lfsPointer(content: Buffer): Buffer {
  const oid = createHash('sha256').update(content).digest('hex');
  return Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.byteLength}\n`,
  );
}

export function lfsOidOf(pointer: Buffer): string | undefined {
  return pointer.byteLength > 1024 ? undefined : OID.exec(pointer.toString())?.[1];
}
