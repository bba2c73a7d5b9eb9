import type * as OpenTelemetry from '@opentelemetry/api';

/** Ids, kinds and counts that a span carries. Never a text, a path, a person or a secret. */
export type SpanValues = Readonly<Record<string, string | number | undefined>>;

/** The work that `traced` shows. */
export interface TracedWork {
  /** Adds values. */
  note(values: SpanValues): void;
  /** Marks the work as failed, by a stable code. */
  fail(code: string): void;
}

export interface TraceOptions {
  /** Places in other traces that caused this work too. */
  readonly links?: readonly string[];
  /** True for a request to another service. */
  readonly outgoing?: boolean;
}

const UNTRACED: TracedWork = { note: () => undefined, fail: () => undefined };

interface Tracing {
  readonly otel: typeof OpenTelemetry;
  readonly tracer: OpenTelemetry.Tracer;
}

/** Null if the package is not installed; undefined before the first use. */
let found: Tracing | null | undefined;

/**
 * Does the work within a span of the host's OpenTelemetry SDK, below the active one. Without an SDK it only does the
 * work.
 */
export function traced<T>(
  name: string,
  values: SpanValues,
  work: (span: TracedWork) => Promise<T>,
  { links = [], outgoing = false }: TraceOptions = {},
): Promise<T> {
  const tracing = tracingOfHost();
  if (!tracing) return work(UNTRACED);
  const { otel, tracer } = tracing;
  const span = tracer.startSpan(name, {
    kind: outgoing ? otel.SpanKind.CLIENT : otel.SpanKind.INTERNAL,
    attributes: values,
    links: links.flatMap((link) => placeOf(link) ?? []).map((context) => ({ context })),
  });
  const shown: TracedWork = {
    note: (more) => void span.setAttributes(more),
    fail: (code) => void span.setAttribute('error.type', code).setStatus({ code: otel.SpanStatusCode.ERROR }),
  };
  return otel.context.with(otel.trace.setSpan(otel.context.active(), span), async () => {
    try {
      return await work(shown);
    } catch (error) {
      shown.fail(codeOf(error));
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Returns the active place in a trace as W3C's `traceparent`, to be stored with queued work; null if there is none. */
export function activeTrace(): string | null {
  const tracing = tracingOfHost();
  const place = tracing?.otel.trace.getActiveSpan()?.spanContext();
  if (!place || !tracing?.otel.isSpanContextValid(place)) return null;
  return `00-${place.traceId}-${place.spanId}-${place.traceFlags & 1 ? '01' : '00'}`;
}

/** Does the work below a stored place in a trace; outside of every trace if it is null or unreadable. */
export function inTrace<T>(stored: string | null, work: () => T): T {
  const tracing = tracingOfHost();
  if (!tracing) return work();
  const { context, trace, ROOT_CONTEXT } = tracing.otel;
  const place = stored === null ? null : placeOf(stored);
  return context.with(place ? trace.setSpanContext(ROOT_CONTEXT, place) : ROOT_CONTEXT, work);
}

function placeOf(stored: string): OpenTelemetry.SpanContext | null {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0([01])$/.exec(stored) ?? [];
  return traceId ? { traceId, spanId, traceFlags: Number(flags), isRemote: true } : null;
}

/** A message may contain a text or a path; a code is one word. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: string };
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : (name ?? 'unknown');
}

function tracingOfHost(): Tracing | null {
  if (found === undefined) found = load();
  return found;
}

function load(): Tracing | null {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- The package is an optional peer.
    const otel = require('@opentelemetry/api') as typeof OpenTelemetry;
    return { otel, tracer: otel.trace.getTracer('@dot/gitlab-sync') };
  } catch {
    return null;
  }
}
