import { AnswerTooLarge } from '../transport/deadline';
import { MOST_DEPTH } from './response-limits';

const [QUOTE, BACKSLASH, COMMA] = [...Buffer.from('"\\,')];
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [...Buffer.from('[{]}')];

/** Counts the values of a JSON text as it arrives. Refuses a text that is built to be slow before it is parsed. */
export class JsonWeight {
  private parts = 0;
  private depth = 0;
  private inText = false;
  private escaped = false;

  constructor(
    private readonly most: number,
    private readonly deepest = MOST_DEPTH,
  ) {}

  /** @throws AnswerTooLarge */
  add(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;)
      at = this.inText ? this.afterText(chunk, at) : this.afterStructure(chunk, at);
    if (this.parts > this.most) throw new AnswerTooLarge(this.most, 'values');
  }

  /** Searches the closing quote natively: texts are most of an answer. Returns where to go on, as does the other one. */
  private afterText(chunk: Uint8Array, start: number): number {
    const quote = chunk.indexOf(QUOTE, start);
    const end = quote < 0 ? chunk.length : quote;
    let backslashes = 0;
    while (end - backslashes > start && chunk[end - backslashes - 1] === BACKSLASH) backslashes++;
    if (this.escaped && end - backslashes === start) backslashes++;
    const isEscaped = backslashes % 2 === 1;
    this.escaped = isEscaped && quote < 0;
    this.inText = isEscaped || quote < 0;
    return end + 1;
  }

  private afterStructure(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE) {
        this.inText = true;
        return at + 1;
      }
      if (byte === COMMA) this.parts++;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        this.parts++;
        if (++this.depth > this.deepest) throw new AnswerTooLarge(this.deepest, 'levels');
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.depth--;
    }
    return chunk.length;
  }
}
