import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { SampleFiles } from './sample-files';

const exec = promisify(execFile);
const HEADER_END = '\r\n\r\n';

/** Serves bare repositories by git's own program for HTTP, each request as late as the GitLab beside it. */
export class GitServer {
  delayMs = 0;

  private constructor(
    readonly root: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<GitServer> {
    const root = await mkdtemp(join(tmpdir(), 'dot-gitlab-sync-bench-git-'));
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const git = new GitServer(root, server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void git.serve(request, response);
    });
    return git;
  }

  urlOf(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}.git`;
  }

  /** Makes a repository whose branch `main` has one commit with the files, or that is empty. */
  async fill(name: string, files: SampleFiles): Promise<void> {
    const folder = join(this.root, `${name}.git`);
    await exec('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
    await exec('git', ['-C', folder, 'config', 'http.receivepack', 'true']);
    if (!Object.keys(files).length) return;
    const importing = spawn('git', ['-C', folder, 'fast-import', '--quiet']);
    importing.stdin.write(
      'commit refs/heads/main\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 5\nFirst\n',
    );
    for (const [path, text] of Object.entries(files))
      importing.stdin.write(`M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
    importing.stdin.end();
    const [code] = (await once(importing, 'exit')) as [number];
    if (code) throw new Error(`git fast-import ended with ${code}`);
    await exec('git', ['-C', folder, 'repack', '-a', '-d', '--quiet']);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await rm(this.root, { recursive: true });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await pause(this.delayMs);
    const url = new URL(request.url!, 'http://localhost');
    const { headers, method = 'GET' } = request;
    const program = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: method,
        CONTENT_TYPE: headers['content-type'],
        CONTENT_LENGTH: headers['content-length'],
        HTTP_CONTENT_ENCODING: headers['content-encoding'],
        GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(program.stdin);
    program.stdin.on('error', () => undefined); // git may answer before it has read everything
    let head = Buffer.alloc(0);
    for await (const chunk of program.stdout as AsyncIterable<Buffer>) {
      if (response.headersSent) {
        response.write(chunk);
        continue;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(HEADER_END);
      if (end < 0) continue;
      writeHead(response, head.subarray(0, end).toString());
      response.write(head.subarray(end + HEADER_END.length));
    }
    response.end();
  }
}

/** A CGI program answers with headers, the status among them. */
function writeHead(response: ServerResponse, lines: string): void {
  const headers = lines.split('\r\n').map((line) => line.split(': '));
  const status = headers.find(([name]) => name.toLowerCase() === 'status');
  for (const [name, value] of headers) if (name.toLowerCase() !== 'status') response.setHeader(name, value);
  response.writeHead(status ? Number.parseInt(status[1], 10) : 200);
}
