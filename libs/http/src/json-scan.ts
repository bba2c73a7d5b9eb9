/** Limits the contents of a JSON text before it is parsed. */
export interface JsonLimits {
  /** Levels of nested objects and arrays. */
  readonly depth: number;
  /** Elements of one array, or members of one object. */
  readonly items: number;
  /** Elements and members in total. */
  readonly values: number;
}

export type JsonLimit = keyof JsonLimits;

/** A range of bytes; `end` is exclusive. */
export type Stretch = readonly [start: number, end: number];

/** An array that is a member of the root object: the range of its brackets, and the ranges of its elements. */
export interface RootArray {
  readonly start: number;
  end: number;
  readonly elements: Stretch[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Counts the contents of a JSON text without parsing it. Reads each byte once and stops at the first limit. Text that
 * is not JSON may pass; the parser refuses it.
 */
export class JsonScan {
  /** The limit that the text exceeds, if any. */
  exceeded: JsonLimit | null = null;
  readonly rootArrays: RootArray[] = [];
  private at = 0;
  private depth = 0;
  private values = 0;
  private quoted = false;
  /** Number of items so far in each open object or array. */
  private readonly items: Int32Array;
  private elementStart = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly limits: JsonLimits,
  ) {
    this.items = new Int32Array(limits.depth + 2);
  }

  /** Reads at most `most` more bytes. Returns whether bytes remain. */
  advance(most: number): boolean {
    const { bytes } = this;
    const end = Math.min(this.at + most, bytes.length);
    while (this.at < end && this.exceeded === null) {
      if (this.quoted) this.skipText(end);
      else this.take(bytes[this.at], this.at++);
    }
    return this.exceeded === null && this.at < bytes.length;
  }

  /** An escaped character may lie beyond `end`; the next step begins after it. */
  private skipText(end: number): void {
    const { bytes } = this;
    let at = this.at;
    for (; at < end; at++) {
      const byte = bytes[at];
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) {
        this.quoted = false;
        at++;
        break;
      }
    }
    this.at = at;
  }

  private take(byte: number, at: number): void {
    if (byte === QUOTE) this.quoted = true;
    else if (byte === COMMA) this.separate(at);
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.open(byte === OPEN_ARRAY, at);
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.close(at);
  }

  private open(isArray: boolean, at: number): void {
    if (this.depth === 1 && isArray) {
      this.rootArrays.push({ start: at, end: this.bytes.length, elements: [] });
      this.elementStart = at + 1;
    }
    this.depth++;
    if (this.depth > this.limits.depth) return void (this.exceeded = 'depth');
    this.items[this.depth] = 0;
    this.count();
  }

  private close(at: number): void {
    const array = this.arrayAround(at);
    if (array) {
      this.endElement(array, at);
      array.end = at + 1;
    }
    this.depth = Math.max(0, this.depth - 1);
  }

  private separate(at: number): void {
    this.count();
    const array = this.arrayAround(at);
    if (!array) return;
    this.endElement(array, at);
    this.elementStart = at + 1;
  }

  /** Returns the array of the root object that contains this position. */
  private arrayAround(at: number): RootArray | undefined {
    const last = this.depth === 2 ? this.rootArrays.at(-1) : undefined;
    return last && last.end > at ? last : undefined;
  }

  private endElement({ elements }: RootArray, at: number): void {
    elements.push([this.elementStart, at]);
  }

  private count(): void {
    if (++this.items[this.depth] > this.limits.items) this.exceeded = 'items';
    else if (++this.values > this.limits.values) this.exceeded = 'values';
  }
}
