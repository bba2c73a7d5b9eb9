import { createServer } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Collects the metrics that Prometheus reads from this process. */
export class Metrics {
  readonly registry = new Registry();
  private readonly durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });

  constructor(role: 'all' | 'web' | 'worker' = 'all') {
    collectDefaultMetrics({ register: this.registry });
    const info = new Gauge({
      name: 'sync_process_info',
      help: 'Always 1; role: the process serves the API (web), syncs (worker), or does both (all)',
      labelNames: ['role'],
      registers: [this.registry],
    });
    info.set({ role }, 1);
  }

  readonly contentType = this.registry.contentType;

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Labels routes, not paths, so that the number of series stays bounded. */
  readonly observe = (request: Request, response: Response, next: NextFunction): void => {
    const stop = this.durations.startTimer({ method: request.method });
    response.once('finish', () => {
      const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
      stop({ route: typeof route === 'string' ? route : 'none', status: response.statusCode });
    });
    next();
  };

  /** Listens on a port that only Prometheus reaches. @returns a function that stops it */
  async listen(port: number, host: string): Promise<() => Promise<void>> {
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') return response.writeHead(404).end();
      this.text().then(
        (text) => response.writeHead(200, { 'content-type': this.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    return () => new Promise((resolve) => void server.close(() => resolve()));
  }
}
