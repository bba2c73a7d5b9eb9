import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { blobOf, Scope, type OrgId } from '@app/kernel';
import type { Project } from './gitlab';

export const FILE = 'notes/a.md';

/** An org that is in sync with a project of its own, or has changes for it. */
export interface Org {
  readonly name: OrgId;
  readonly project: Project;
  /** Revision of the last change made in Dot. */
  revision: number;
}

/** A page of a context file, another one with each revision. */
export const textOf = (name: OrgId, revision: number): string =>
  `# ${name}\n\nRevision ${revision}.\n\n${'One of the lines that people write into their notes.\n'.repeat(20)}`;

const ADA = { author_name: 'Ada', author_email: 'ada@example.com' };
const ROWS_AT_A_TIME = 5_000;

const KEYS = {
  gitlab_connections: 'org',
  sync_targets: 'org',
  sync_states: 'org',
  sync_agreed: 'org, path',
  context_blobs: 'org, blob',
  context_changes: 'org, id',
  context_versions: 'org, id',
  context_heads: 'org',
  context_files: 'org, path',
};

type Row = Readonly<Record<string, unknown>>;

/** Orgs with all they have, straight into the tables: through the API ten thousand would take an hour. */
export class OrgTables {
  constructor(
    private readonly client: Client,
    private readonly instanceUrl: string,
    private readonly seal: (org: OrgId, token: string) => string,
  ) {}

  /** Connected, configured and in sync: one file, pulled from the project's one commit. */
  async found(orgs: readonly Org[]): Promise<void> {
    const now = new Date();
    const directories = Scope.defaultDirectories;
    const ids = orgs.map(() => ({ connection: randomUUID(), target: randomUUID() }));
    await this.put('gitlab_connections', orgs, ({ name, project }, number) => ({
      org: name,
      id: ids[number].connection,
      generation: randomUUID(),
      instance_url: this.instanceUrl,
      username: name,
      token_kind: 'personal',
      scopes: ['api'],
      can_create_projects: true,
      granular: false,
      connected_at: now,
      connected_by: ADA.author_name,
      sealed_token: this.seal(name, project.token),
    }));
    await this.put('sync_targets', orgs, ({ name, project }, number) => ({
      org: name,
      id: ids[number].target,
      connection_id: ids[number].connection,
      project_id: project.id,
      path_with_namespace: project.path,
      web_url: `${this.instanceUrl}/${project.path}`,
      branch: 'main',
      directories,
      auto_sync: true,
      auto_pull: true,
      created: false,
      on_conflict: 'newest',
      configured_at: now,
      configured_by: ADA.author_name,
    }));
    await this.put('sync_states', orgs, ({ name, project }, number) => ({
      org: name,
      target_id: ids[number].target,
      directories,
      base_commit: project.head,
      pushed_revision: 1,
      shipment_due: false,
      failures: 0,
      fence: 0,
    }));
    await this.put('sync_agreed', orgs, ({ name }) => {
      const blob = blobOf(Buffer.from(textOf(name, 1)));
      return { org: name, path: FILE, gitlab_blob: blob, dot_blob: blob, settled_to: 1 };
    });
    await this.change(orgs, 1, 'gitlab');
  }

  /** Adds so many changes of its file by each of the orgs, waiting to be pushed. */
  async change(orgs: readonly Org[], count: number, origin = 'user'): Promise<void> {
    const at = new Date();
    const drafts = orgs.flatMap(({ name, revision }) =>
      Array.from({ length: count }, (_, number) => draftOf(name, revision + 1 + number)),
    );
    await this.put('context_blobs', drafts, ({ org, blob, bytes }) => ({
      org,
      blob,
      bytes: `\\x${bytes.toString('hex')}`,
    }));
    await this.put('context_changes', drafts, ({ org, id, revision }) => ({
      ...{ org, id, revision, ...ADA, origin, at },
      message: `Edit ${FILE}`,
    }));
    await this.put('context_versions', drafts, ({ org, id, version, revision, blob }) => ({
      ...{ org, id: version, change_id: id, revision, position: 0, path: FILE, op: 'put', blob, ...ADA, at },
    }));
    for (const org of orgs) org.revision += count;
    const newest = drafts.filter((_, number) => number % count === count - 1);
    await this.put('context_heads', newest, ({ org, revision }) => ({ org, revision }));
    await this.put('context_files', newest, ({ org, revision, version, blob, bytes }) => ({
      ...{ org, path: FILE, blob, size: bytes.byteLength, version, revision, updated_at: at, ...ADA, origin },
    }));
  }

  /** Returns Dot's texts, by org. */
  async texts(orgs: readonly Org[]): Promise<Map<OrgId, string>> {
    const { rows } = await this.client.query<{ org: OrgId; bytes: Buffer }>(
      `SELECT org, bytes FROM context_files JOIN context_blobs USING (org, blob) WHERE org = ANY($1) AND path = $2`,
      [orgs.map(({ name }) => name), FILE],
    );
    return new Map(rows.map(({ org, bytes }) => [org, bytes.toString()]));
  }

  /** Replaces what the table has under the same key. */
  private async put<Item>(
    table: keyof typeof KEYS,
    items: readonly Item[],
    rowOf: (item: Item, number: number) => Row,
  ): Promise<void> {
    const rows = items.map(rowOf);
    const columns = Object.keys(rows[0]);
    const changed = columns.map((column) => `${column} = excluded.${column}`);
    for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME) {
      await this.client.query(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)
         ON CONFLICT (${KEYS[table]}) DO UPDATE SET ${changed}`,
        [JSON.stringify(rows.slice(start, start + ROWS_AT_A_TIME))],
      );
    }
  }
}

function draftOf(org: OrgId, revision: number) {
  const bytes = Buffer.from(textOf(org, revision));
  const id = randomUUID();
  return { org, id, version: `${id}.0`, revision, bytes, blob: blobOf(bytes) };
}
