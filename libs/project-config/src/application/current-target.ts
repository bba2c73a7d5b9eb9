import { Injectable } from '@nestjs/common';
import { CredentialsService, NotConnected } from '@app/credentials';
import { webUrlOf, type CallOptions, type GitLab, type Project } from '@app/gitlab';
import { allSettledOrThrow, type OrgId } from '@app/kernel';
import { NotConfigured } from '../domain/project-config.errors';
import type { SyncTarget, TargetLocation } from '../domain/sync-target';
import { recordMove } from './record-move';
import { SyncTargets } from './sync-targets.port';

/**
 * A target and the GitLab client of its own connection. On another connection the same project id is another project.
 */
export interface OpenTarget {
  readonly target: SyncTarget;
  readonly gitlab: GitLab;
}

/** Finds the org's valid target: the one configured under its present connection. */
@Injectable()
export class CurrentTarget {
  constructor(
    private readonly targets: SyncTargets,
    private readonly credentials: CredentialsService,
  ) {}

  async find(org: OrgId): Promise<SyncTarget | null> {
    const target = await this.targets.find(org);
    if (!target) return null;
    const connection = await this.credentials.connection(org);
    if (connection?.id !== target.connectionId) return null;
    // The stored URL may come from an answer of GitLab.
    return { ...target, webUrl: webUrlOf(connection.instanceUrl, target.pathWithNamespace) };
  }

  /** Returns the locations of those orgs that have a target. */
  async locations(orgs: readonly OrgId[]): Promise<Map<OrgId, TargetLocation>> {
    const [targets, connected] = await allSettledOrThrow(
      this.targets.locations(orgs),
      this.credentials.connectionIds(orgs),
    );
    const current = targets.filter(({ org, connectionId }) => connected.get(org)?.id === connectionId);
    return new Map(current.map((target) => [target.org, target]));
  }

  /** @throws NotConnected, NotConfigured */
  async require(org: OrgId): Promise<SyncTarget> {
    const target = await this.find(org);
    if (target) return target;
    if (!(await this.credentials.connection(org))) throw new NotConnected();
    throw new NotConfigured();
  }

  /**
   * Returns the target with its GitLab client, which records a changed path of the project. @throws NotConnected,
   * NotConfigured
   */
  async open(org: OrgId, options?: CallOptions): Promise<OpenTarget> {
    const stored = this.targets.find(org);
    const onProjectMoved = async (project: Project) => {
      const target = await stored;
      if (target) await recordMove(this.targets, target, project);
    };
    const [{ connection, gitlab }, target] = await allSettledOrThrow(
      this.credentials.open(org, { ...options, onProjectMoved }),
      stored,
    );
    if (target?.connectionId !== connection.id) throw new NotConfigured();
    return { target, gitlab };
  }

  /**
   * Returns targets over all orgs, by org; `next` is the org to continue after, null at the end. Only for the
   * sweeper.
   */
  async after(org: OrgId | null, limit: number): Promise<{ targets: SyncTarget[]; next: OrgId | null }> {
    const page = await this.targets.after(org, limit);
    const connected = await this.credentials.connectionIds(page.map((target) => target.org));
    const targets = page.filter((target) => connected.get(target.org)?.id === target.connectionId);
    return { targets, next: page.length < limit ? null : page[page.length - 1].org };
  }
}
