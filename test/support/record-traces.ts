import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';

/** The spans of one process. */
export interface RecordedTraces {
  /** Returns the spans that ended since the start, in this order. */
  spans(): readonly ReadableSpan[];
  forget(): void;
  stop(): void;
}

/** Starts OpenTelemetry's SDK as a host does, and keeps all spans in memory. */
export function recordTraces(): RecordedTraces {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return {
    spans: () => exporter.getFinishedSpans(),
    forget: () => exporter.reset(),
    stop: () => {
      trace.disable();
      context.disable();
    },
  };
}
