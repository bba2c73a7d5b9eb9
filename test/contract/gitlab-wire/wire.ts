import { FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import type { FakeGitLabServer, Settings } from '@app/fake-gitlab';
import { ManualClock } from '@app/kernel';

export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Untyped: the tests check the contents of the answers.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** A fake with one project, and a client that shows its answers as they come over the wire. */
export class Wire {
  clock: ManualClock;
  instance: FakeGitLabInstance;
  /** The token that is sent: of `ada`, who owns the project, until another is set. */
  token: string;
  /** The project `ada/docs`, which holds `README.md`. */
  id: number;
  private server: FakeGitLabServer;

  async start(settings: Partial<Settings> = {}, version?: string): Promise<void> {
    this.clock = new ManualClock(new Date('2026-01-01T00:00:00Z'));
    this.instance = new FakeGitLabInstance({ clock: this.clock, settings, version });
    this.server = await startFakeGitLabServer(this.instance);
    this.token = this.instance.givenToken('ada').value;
    this.id = this.instance.givenProject('ada/docs', { files: { 'README.md': '# Docs\n' } }).id;
  }

  stop(): Promise<void> {
    return this.server.close();
  }

  get url(): string {
    return this.server.url;
  }

  /** The project's own URL below `/api/v4`. */
  get project(): string {
    return `/projects/${this.id}`;
  }

  get commits(): string {
    return `${this.project}/repository/commits`;
  }

  /** `path` below `/api/v4`; a string body goes as it is. */
  async call(
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ): Promise<WireAnswer> {
    return this.send(`/api/v4${path}`, {
      method,
      redirect: 'manual',
      headers: { 'private-token': this.token, 'content-type': 'application/json', ...headers },
      body: typeof body === 'object' ? JSON.stringify(body) : body,
    });
  }

  commit(body: object): Promise<WireAnswer> {
    return this.call('POST', this.commits, { branch: 'main', commit_message: 'm', ...body });
  }

  async query(query: string, variables: object): Promise<WireAnswer> {
    return this.send('/api/graphql', {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
  }

  async send(path: string, request: RequestInit): Promise<WireAnswer> {
    const answer = await fetch(this.url + path, request);
    const text = await answer.text();
    const json = text !== '' && (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }
}

export function createAction(path: string, content = 'x\n') {
  return { action: 'create', file_path: path, content };
}
