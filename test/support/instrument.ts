import { context, SpanKind, trace, type Span } from '@opentelemetry/api';
import http, { Server } from 'node:http';
import { Client } from 'pg';

const tracer = trace.getTracer('test/support');

/**
 * Makes spans for requests and queries at the places where OpenTelemetry's instrumentations of HTTP and PostgreSQL make
 * them. `port`: the service's own; others play GitLab. Returns a function that ends it.
 */
export function instrument(port: () => number | undefined): () => void {
  const { emit } = Server.prototype;
  const { request } = http;
  const { query } = Client.prototype;

  Server.prototype.emit = function (this: Server, name: string, ...args: unknown[]): boolean {
    const address = this.address();
    const own = name === 'request' && typeof address === 'object' && address?.port === port();
    const handle = () => Reflect.apply(emit, this, [name, ...args]) as boolean;
    if (!own) return handle();
    const [{ method }, response] = args as [http.IncomingMessage, http.ServerResponse];
    const span = tracer.startSpan(`HTTP ${method}`, { kind: SpanKind.SERVER });
    response.on('close', () => span.end());
    return context.with(trace.setSpan(context.active(), span), handle);
  };

  http.request = function (this: unknown, ...args: Parameters<typeof request>) {
    const sent = request.apply(this, args);
    const span = below(`HTTP ${sent.method}`);
    sent.on('close', () => span?.end());
    return sent;
  } as typeof request;

  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const { text = args[0] } = args[0] as { text?: string };
    below('PostgreSQL')?.setAttribute('db.query.text', String(text)).end();
    return Reflect.apply(query, this, args);
  } as typeof query;

  return () => {
    Server.prototype.emit = emit;
    http.request = request;
    Client.prototype.query = query;
  };
}

/** Returns null outside of every trace: the instrumentations require a parent. */
function below(name: string): Span | null {
  return trace.getActiveSpan() ? tracer.startSpan(name, { kind: SpanKind.CLIENT }) : null;
}
