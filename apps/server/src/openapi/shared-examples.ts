import type { OpenAPIObject } from '@nestjs/swagger';
import { isDeepStrictEqual } from 'node:util';

type Examples = Record<string, { value: unknown } | { $ref: string }>;
type Node = Record<string, unknown>;

/** Names each example of a problem once, and refers to it where operations have the same. */
export function withSharedExamples(document: OpenAPIObject): OpenAPIObject {
  const shared: Record<string, { value: unknown }> = {};
  for (const examples of examplesOfProblems(document.paths)) {
    for (const [code, example] of Object.entries(examples)) {
      if ('$ref' in example) continue;
      shared[code] ??= example;
      if (isDeepStrictEqual(shared[code], example))
        examples[code] = { $ref: `#/components/examples/${code}` };
    }
  }
  document.components = { ...document.components, examples: sorted(shared) };
  return document;
}

function* examplesOfProblems(paths: OpenAPIObject['paths']): Generator<Examples> {
  const operations = Object.values(paths).flatMap((item) => Object.values(item as Node)) as Node[];
  for (const { responses } of operations) {
    for (const { content } of Object.values(responses ?? {}) as Node[]) {
      const media = (content as Record<string, Node> | undefined)?.['application/problem+json'];
      if (media?.examples) yield media.examples as Examples;
    }
  }
}

const sorted = <T>(entries: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
