import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { fingerprintOf, InspectionService, type InspectedFile, type Inspection } from '@app/inspection';
import { blobOf, type OrgId } from '@app/kernel';
import type { Blocker, Wanted } from '../../domain/commit-plan';
import { INSPECTION_INTERRUPTED } from '../../domain/findings';
import { LFS_TRACKED } from '../../domain/lfs-rules';
import { Findings } from '../ports/findings.port';
import { NAME_HELD } from './held-names';

/** For these reasons a text of Dot's could not be inspected. */
const OPAQUE: readonly string[] = ['too_complex', INSPECTION_INTERRUPTED];

/** Finds the files of Dot's with a probable credential or hidden text, unless a person released them. */
@Injectable()
export class FlaggedFiles {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStore,
    private readonly inspections: InspectionService,
  ) {}

  /** Returns the reasons against sending the texts to GitLab. */
  async among(org: OrgId, wanted: readonly Pick<Wanted, 'path' | 'content'>[]): Promise<[string, Blocker][]> {
    const texts = wanted.flatMap(({ path, content: bytes }) =>
      bytes ? [{ path, bytes, blob: blobOf(bytes) }] : [],
    );
    return this.flagged(org, texts, await this.inspections.inspectLoaded(org, texts));
  }

  /**
   * Returns the paths whose file in Dot has an unreleased finding, or needs another name or LFS. Not for use in a
   * transaction.
   */
  async still(org: OrgId, paths: readonly string[]): Promise<ReadonlySet<string>> {
    if (!paths.length) return new Set();
    const { files } = await this.store.files(org, paths);
    const texts = [...files].map(([path, { blob }]) => ({ path, blob }));
    const inspected = await this.inspections.inspect(org, texts, (blobs) => this.store.contents(org, blobs));
    const held = await this.flagged(org, texts, inspected);
    const known = await this.findings.quarantined(org);
    const reasons: readonly unknown[] = [NAME_HELD, LFS_TRACKED];
    const named = [...files.keys()].filter((path) => reasons.includes(known.get(path)?.reason));
    return new Set([...held.map(([path]) => path), ...named]);
  }

  /**
   * A probable credential, or text that does not show, waits until it is mended or a person releases it. A text that could not be
   * inspected waits as well.
   */
  private async flagged(
    org: OrgId,
    files: readonly InspectedFile[],
    inspected: readonly (Inspection | null)[],
  ): Promise<[string, Blocker][]> {
    const opaque = files.flatMap(({ path }, index): [string, Blocker][] => {
      const problem = inspected[index]?.problem;
      return problem && OPAQUE.includes(problem.reason) ? [[path, problem]] : [];
    });
    const found = files.flatMap(({ path }, index) =>
      (inspected[index]?.findings ?? []).map((finding) => ({
        path,
        ...finding,
        fingerprint: fingerprintOf(path, finding),
      })),
    );
    const allowed = await this.findings.allowed(
      org,
      found.map(({ fingerprint }) => fingerprint),
    );
    const held = found
      .filter(({ fingerprint }) => !allowed.has(fingerprint))
      .reverse()
      .map(({ path, reason, rule, line }): [string, Blocker] => [
        path,
        { reason, detail: `line ${line} holds ${rule}; take it out, or an admin may release the file`, line },
      ]);
    return [...opaque, ...held];
  }
}
