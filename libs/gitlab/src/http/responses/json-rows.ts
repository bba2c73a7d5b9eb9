import { AnswerTooLarge } from '../transport/deadline';
import { Misshapen } from './shapes';

const [QUOTE, BACKSLASH] = [...Buffer.from('"\\')];
const [OPEN_LIST, OPEN_OBJECT, CLOSE_LIST, CLOSE_OBJECT] = [...Buffer.from('[{]}')];
const NOTHING = Buffer.alloc(0);

export interface RowLimits {
  readonly bytes: number;
  readonly rows: number;
  readonly rowBytes: number;
}

/**
 * Parses a JSON list of flat objects as it arrives, some rows at a time. Never holds the whole text or all rows in
 * memory, and parses at most one chunk per step.
 * @throws AnswerTooLarge, Misshapen, SyntaxError
 */
export async function* jsonRows(body: AsyncIterable<unknown>, most: RowLimits): AsyncGenerator<unknown[]> {
  const splitter = new RowSplitter(most);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const whole = splitter.add(chunk);
    if (whole) yield JSON.parse(whole) as unknown[];
  }
  splitter.end();
}

class RowSplitter {
  private rest: Buffer = NOTHING;
  private depth = 0;
  private inText = false;
  private escaped = false;
  /** Bytes before and after the list. */
  private outside = 0;
  private bytes = 0;
  private rows = 0;
  private state: 'before' | 'inside' | 'after' = 'before';

  constructor(private readonly most: RowLimits) {}

  /** Returns the rows that this chunk completes, as a JSON list; null if there are none. */
  add(chunk: Buffer): string | null {
    this.bytes += chunk.length;
    if (this.bytes > this.most.bytes) throw new AnswerTooLarge(this.most.bytes);
    const whole: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const ended = this.pass(chunk[at]);
      if (ended === 'list') this.rest = blank(this.rest, chunk.subarray(from, at));
      if (ended === 'row') {
        whole.push(this.rest, chunk.subarray(from, at + 1));
        this.rest = NOTHING;
        this.rows++;
      }
      if (ended) from = at + 1;
    }
    if (this.state === 'inside') this.rest = Buffer.concat([this.rest, chunk.subarray(from)]);
    else this.outside += chunk.length - from;
    if (Math.max(this.rest.length, this.outside) > this.most.rowBytes)
      throw new AnswerTooLarge(this.most.rowBytes);
    if (this.rows > this.most.rows) throw new AnswerTooLarge(this.most.rows, 'rows');
    return whole.length ? `[${Buffer.concat(whole).toString('utf8').replace(/^\s*,/, '')}]` : null;
  }

  /** Checks that the list is closed: a list that is cut off between two rows would parse. */
  end(): void {
    if (this.state !== 'after') throw new Misshapen('the answer is no whole list');
  }

  /** Returns the part that ends with this byte. The text of the rows begins after `[`. */
  private pass(byte: number): 'before' | 'row' | 'list' | null {
    if (this.inText) {
      if (this.escaped) this.escaped = false;
      else if (byte === BACKSLASH) this.escaped = true;
      else if (byte === QUOTE) this.inText = false;
      return null;
    }
    if (byte === QUOTE) this.inText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) return this.open(byte);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) return this.close(byte);
    return null;
  }

  private open(byte: number): 'before' | null {
    if (this.state === 'before' && byte === OPEN_LIST) {
      this.state = 'inside';
      return 'before';
    }
    // Rows are flat objects.
    if (this.state !== 'inside' || this.depth > 0 || byte !== OPEN_OBJECT) throw noRows();
    this.depth = 1;
    return null;
  }

  private close(byte: number): 'row' | 'list' {
    if (this.depth === 1 && byte === CLOSE_OBJECT) {
      this.depth = 0;
      return 'row';
    }
    if (this.depth > 0 || this.state !== 'inside' || byte !== CLOSE_LIST) throw noRows();
    this.state = 'after';
    return 'list';
  }
}

const noRows = () => new Misshapen('the answer is no list of rows');

function blank(...parts: readonly Buffer[]): Buffer {
  if (Buffer.concat(parts).toString('utf8').trim()) throw noRows();
  return NOTHING;
}
