import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** The spans of one process. */
export interface RecordedTraces {
  /** Returns the spans that ended since the start, in this order. */
  spans(): readonly ReadableSpan[];
  /** True if no span is open. */
  atRest(): boolean;
  forget(): void;
  stop(): void;
}

/** Starts OpenTelemetry's SDK as a host does, and keeps all spans in memory. */
export function recordTraces(): RecordedTraces {
  const exporter = new InMemorySpanExporter();
  const open = new Set<string>();
  const counting: SpanProcessor = {
    onStart: (span) => void open.add(span.spanContext().spanId),
    onEnd: (span) => void open.delete(span.spanContext().spanId),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), counting] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return {
    spans: () => exporter.getFinishedSpans(),
    atRest: () => open.size === 0,
    forget: () => exporter.reset(),
    stop: () => {
      trace.disable();
      context.disable();
    },
  };
}
