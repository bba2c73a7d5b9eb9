import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';

const BUILT = join(__dirname, '../../dist/panel');
/** As the service sends it with `/panel`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const TYPES: Record<string, string> = { html: 'text/html; charset=utf-8', css: 'text/css' };

export interface PanelServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the built page, or the document given for it, beside the API of a service, on one origin of loopback. */
export async function servePanel(
  serviceUrl: string,
  documents: Readonly<Record<string, string>> = {},
): Promise<PanelServer> {
  const server = createServer((asked, answer) => void respond(asked, answer, serviceUrl, documents));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function respond(
  asked: IncomingMessage,
  answer: ServerResponse,
  serviceUrl: string,
  documents: Readonly<Record<string, string>>,
): Promise<void> {
  const { pathname } = new URL(asked.url!, serviceUrl);
  if (pathname.startsWith('/api/')) return proxy(asked, answer, serviceUrl);
  const html =
    documents[pathname] ?? (pathname === '/panel' ? await readFile(join(BUILT, 'index.html')) : null);
  if (html !== null)
    return void answer
      .writeHead(200, {
        'content-type': TYPES[pathname.split('.')[1]] ?? TYPES.html,
        'content-security-policy': POLICY,
      })
      .end(html);
  if (pathname === '/panel/panel.js')
    return void answer
      .writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' })
      .end(await readFile(join(BUILT, 'panel.js')));
  answer.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
}

function proxy(asked: IncomingMessage, answer: ServerResponse, serviceUrl: string): void {
  const { method, headers } = asked;
  const onward = request(new URL(asked.url!, serviceUrl), { method, headers }, (answered) => {
    answer.writeHead(answered.statusCode!, answered.headers);
    pipeline(answered, answer, () => undefined);
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}
