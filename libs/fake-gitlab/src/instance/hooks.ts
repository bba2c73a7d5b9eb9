import { wildcard } from './access';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import type { Hook, Project } from './model';
import { notFound, Refused } from './refusal';

const EVENTS = [
  'push_events',
  'tag_push_events',
  'issues_events',
  'confidential_issues_events',
  'merge_requests_events',
  'note_events',
  'confidential_note_events',
  'job_events',
  'pipeline_events',
  'wiki_page_events',
  'deployment_events',
  'releases_events',
] as const;

const STRATEGIES = ['wildcard', 'regex', 'all_branches'] as const;

type Raw = Readonly<Record<string, unknown>>;

/** Creates, changes and deletes a project's webhooks (docs/gitlab-api.md#manage-hooks). */
export class Hooks {
  private lastId = 0;

  constructor(private readonly instance: FakeGitLabInstance) {}

  create(project: Project, raw: Raw): Hook {
    if (typeof raw.url !== 'string') throw badParameter(400, 'url is missing');
    if (project.hooks.size >= this.instance.settings.maxHooks)
      throw new Refused({
        is: 'invalid',
        status: 422,
        attributes: {
          base: [`Maximum number of project hooks (${this.instance.settings.maxHooks}) exceeded`],
        },
      });
    const hook: Hook = {
      id: ++this.lastId,
      projectId: project.id,
      createdAt: this.instance.clock.now(),
      url: '',
      name: null,
      description: null,
      events: { push_events: true },
      branchFilter: '',
      branchFilterStrategy: 'wildcard',
      enableSslVerification: true,
      token: null,
      signingToken: null,
      customHeaders: [],
      failures: 0,
      disabledUntil: null,
    };
    this.assign(hook, raw);
    project.hooks.set(hook.id, hook);
    return hook;
  }

  update(project: Project, hookId: number, raw: Raw): Hook {
    const hook = this.get(project, hookId);
    if (!Object.keys(raw).length) throw badParameter(400, 'No parameters provided');
    this.assign(hook, raw);
    return hook;
  }

  get(project: Project, hookId: number): Hook {
    const hook = project.hooks.get(hookId);
    if (!hook) throw notFound();
    return hook;
  }

  delete(project: Project, hookId: number): void {
    this.get(project, hookId);
    project.hooks.delete(hookId);
  }

  private assign(hook: Hook, raw: Raw): void {
    const url = text(raw.url) ?? hook.url;
    if (!this.instance.settings.hookUrlAllowed(url)) throw badParameter(422, 'Invalid url given');
    const wanted = this.instance.features.has('hook-filter-strategy') && raw.branch_filter_strategy;
    const strategy = STRATEGIES.find((known) => known === wanted) ?? hook.branchFilterStrategy;
    const filter = text(raw.push_events_branch_filter) ?? hook.branchFilter;
    if (strategy === 'wildcard' && /[\s~^:?[\\]/.test(filter))
      throw badParameter(422, 'Invalid branch filter given');
    const signing = this.instance.features.has('hook-signature') ? text(raw.signing_token) : undefined;
    if (signing && !isSigningToken(signing))
      throw new Refused({ is: 'invalid', status: 422, attributes: { signing_token: ['is invalid'] } });
    // GitLab drops the secrets with the old URL, so that they are never sent to a new one by mistake.
    if (hook.url && hook.url !== url) [hook.token, hook.signingToken] = [null, null];
    hook.url = url;
    hook.branchFilter = filter;
    hook.branchFilterStrategy = strategy;
    hook.name = text(raw.name) ?? hook.name;
    hook.description = text(raw.description) ?? hook.description;
    hook.token = text(raw.token) ?? hook.token;
    hook.signingToken = signing ?? hook.signingToken;
    hook.enableSslVerification = flag(raw.enable_ssl_verification) ?? hook.enableSslVerification;
    if (Array.isArray(raw.custom_headers)) hook.customHeaders = raw.custom_headers as Hook['customHeaders'];
    for (const event of EVENTS) hook.events[event] = flag(raw[event]) ?? hook.events[event] ?? false;
  }
}

export function listensTo(hook: Hook, branch: string): boolean {
  if (!hook.events.push_events) return false;
  if (hook.branchFilterStrategy === 'all_branches' || hook.branchFilter === '') return true;
  if (hook.branchFilterStrategy === 'regex') return new RegExp(hook.branchFilter).test(branch);
  return wildcard(hook.branchFilter).test(branch);
}

function isSigningToken(value: string): boolean {
  const key = value.startsWith('whsec_') ? Buffer.from(value.slice(6), 'base64') : Buffer.alloc(0);
  return key.byteLength === 32;
}

function badParameter(status: 400 | 422, error: string) {
  return new Refused({ is: 'bad-parameter', status, error });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
