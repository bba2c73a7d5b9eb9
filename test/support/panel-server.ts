import express, { type Request, type Response } from 'express';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { panel } from '../../apps/server/src/http/panel';
import { securityHeaders } from '../../apps/server/src/http/security-headers';

const BUILT = join(__dirname, '../../dist/panel');

export interface PanelServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built page as the service does, beside the API of a service, on one origin of loopback. Serves the documents given by
 * path too: those below `/panel` get the page's policy.
 */
export async function servePanel(
  serviceUrl: string,
  documents: Readonly<Record<string, string>> = {},
): Promise<PanelServer> {
  const app = express().use(securityHeaders());
  app.use('/api', (asked, answer) => proxy(asked, answer, serviceUrl));
  for (const [path, text] of Object.entries(documents))
    app.get(path, (_, answer) => void answer.type(path.endsWith('.css') ? 'css' : 'html').send(text));
  const server = createServer(app.use(panel(BUILT))).listen(0, '127.0.0.1');
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

function proxy(asked: Request, answer: Response, serviceUrl: string): void {
  const { method, headers, originalUrl } = asked;
  const onward = request(new URL(originalUrl, serviceUrl), { method, headers }, (answered) => {
    answer.writeHead(answered.statusCode!, answered.headers);
    pipeline(answered, answer, () => undefined);
  });
  onward.on('error', () => answer.destroy());
  answer.on('close', () => onward.destroy());
  asked.pipe(onward);
}
