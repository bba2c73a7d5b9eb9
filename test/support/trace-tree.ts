import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** Values that differ from run to run. */
const IDS = ['org', 'run', 'change', 'commit'].map((name) => `gitlab_sync.${name}`);

export const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;

/** Returns the spans of the trace of this span. */
export function traceOf(span: ReadableSpan, spans: readonly ReadableSpan[]): readonly ReadableSpan[] {
  const { traceId } = span.spanContext();
  return spans.filter((each) => each.spanContext().traceId === traceId);
}

/** Prints a trace, one span a line below its parent, without times and ids. Leaves queries out, of which there are many. */
export function printTrace(trace: readonly ReadableSpan[]): string {
  const shown = trace.filter(({ name }) => name !== 'PostgreSQL');
  const roots = shown.filter((span) => shown.every((other) => idOf(other) !== parentOf(span)));
  return roots.map((root) => linesOf(root, shown, '').join('\n')).join('\n');
}

function linesOf(span: ReadableSpan, spans: readonly ReadableSpan[], indent: string): string[] {
  const children = spans.filter((other) => parentOf(other) === idOf(span));
  children.sort((one, other) => beganAt(one) - beganAt(other));
  const values = Object.entries(span.attributes).map(
    ([name, value]) => `${name.replace('gitlab_sync.', '')}=${IDS.includes(name) ? '…' : String(value)}`,
  );
  return [
    `${indent}${[span.name, ...values].join(' ')}`,
    ...children.flatMap((child) => linesOf(child, spans, `${indent}  `)),
  ];
}

const beganAt = ({ startTime: [seconds, nanos] }: ReadableSpan): number => seconds * 1e9 + nanos;
