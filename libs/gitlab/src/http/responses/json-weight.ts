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

  /** One loop over local variables, because it sees every byte of every answer. @throws AnswerTooLarge */
  add(chunk: Uint8Array): void {
    let { parts, depth, inText, escaped } = this;
    for (const byte of chunk) {
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inText = false;
      } else if (byte === QUOTE) inText = true;
      else if (byte === COMMA) parts++;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        parts++;
        if (++depth > this.deepest) throw new AnswerTooLarge(this.deepest, 'levels');
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    }
    if (parts > this.most) throw new AnswerTooLarge(this.most, 'values');
    Object.assign(this, { parts, depth, inText, escaped });
  }
}
