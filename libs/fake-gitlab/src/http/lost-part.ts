import { Readable } from 'node:stream';
import type { Answer } from './response';

/** Returns the same response without one part: a row, a field, or a deeper value. Each part has a number. */
export function withoutPart(answer: Answer, part: number | string): Answer {
  const { body } = answer;
  if (typeof body !== 'object' || Buffer.isBuffer(body) || body instanceof Readable) return answer;
  const copy = JSON.parse(JSON.stringify(body)) as object;
  const parts = [...partsOf(copy)];
  if (parts.length) parts[Number(part) % parts.length]();
  return { ...answer, body: copy };
}

/** Yields a function for each part that removes it. */
function* partsOf(value: unknown): Generator<() => void> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      yield () => void value.splice(index, 1);
      yield* partsOf(each);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      yield () => void Reflect.deleteProperty(value, name);
      yield* partsOf(each);
    }
  }
}
