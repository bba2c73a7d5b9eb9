import { Client, type ClientConfig } from 'pg';
import { pgSettings, type PgSettings } from '@app/database';

/** The work of PostgreSQL for one statement. */
export interface Plan {
  readonly sql: string;
  readonly ms: number;
  /** Pages of 8 kB looked at, in memory or not. */
  readonly pages: number;
  readonly scans: readonly Scan[];
}

export interface Scan {
  readonly table: string;
  /** Null where all of the table is read. */
  readonly index: string | null;
  /** Rows that it read, also those that it left out. */
  readonly rows: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

const TELLING = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'notice',
  // A prepared statement may be planned once for all parameters: that plan must be good enough.
  plan_cache_mode: 'force_generic_plan',
};
const TOLD = /^duration: ([\d.]+) ms\s+plan:\n(.*)$/s;
/** Words of the statements by which `TenantConnections` sets, and asks, whose the connection is. */
const ABOUT_TENANTS = /set_config\('app\.org'|FROM pg_roles/;

/** The plans of the statements as they are sent, with their parameters and in their role, reported by PostgreSQL's own auto_explain. */
export class PlanLog {
  private plans: Plan[] = [];

  /** Plans since `clear`. PostgreSQL reports the last one of a transaction at its end. */
  get reported(): readonly Plan[] {
    return this.plans;
  }

  clear(): void {
    this.plans = [];
  }

  /** Settings of connections that report their plans; the database user has to be a superuser. */
  settings(database: string): PgSettings {
    const tell = (message: string | undefined) => this.add(message);
    class TellingClient extends Client {
      constructor(config?: string | ClientConfig) {
        super(config);
        this.on('notice', ({ message }) => tell(message));
      }
    }
    const options = Object.entries(TELLING).map(([name, value]) => `-c ${name}=${value}`);
    const url = new URL(database);
    url.searchParams.set('options', options.join(' '));
    return { ...pgSettings({ url: url.href }), client: TellingClient };
  }

  private add(message: string | undefined): void {
    const [, ms, json] = TOLD.exec(message ?? '') ?? [];
    if (!json) return;
    const { 'Query Text': sql, Plan: root } = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode };
    if (!ABOUT_TENANTS.test(sql)) this.plans.push({ sql, ms: Number(ms), ...summary(root) });
  }
}

function summary(root: PlanNode): Pick<Plan, 'pages' | 'scans'> {
  const scans = flat(root).filter((node) => node['Relation Name'] && node['Node Type'] !== 'ModifyTable');
  return {
    pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    scans: scans.map((node) => ({ table: node['Relation Name']!, index: indexOf(node), rows: rowsOf(node) })),
  };
}

function flat(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}

/** A bitmap's index stands below the scan of its table. */
function indexOf(node: PlanNode): string | null {
  return flat(node).find((below) => below['Index Name'])?.['Index Name'] ?? null;
}

function rowsOf(node: PlanNode): number {
  const left = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return Math.round((node['Actual Rows'] + left) * node['Actual Loops']);
}
