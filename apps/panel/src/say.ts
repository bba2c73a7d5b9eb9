/** A sentence, or one for each plural form of `{n}`. `{name}` is filled in; `` `code` ``, `**bold**` and `[link]` are marks. */
export type Phrase = string | { readonly one: string; readonly other: string };
export type Values = Readonly<Record<string, string | number>>;

export interface Piece {
  readonly kind: 'text' | 'code' | 'bold' | 'link';
  readonly text: string;
  /** The full text of a part that was cut. */
  readonly whole?: string;
}

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]/g;
const HOLE = /\{(\w+)\}/g;
const LONGEST = 200;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;

/** Cuts an external name or message to the length of a line. */
export function clip(text: string, longest = LONGEST): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text;
}

/** Isolates right-to-left text, so that it does not reorder the text around it. */
const isolated = (text: string) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** Returns a function that makes a value on its first call: a formatter costs much of the time before the first paint. */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Formats phrases in one locale. Values are inserted as plain text: their marks have no effect. */
export class Speech {
  private readonly plurals = lazy(() => new Intl.PluralRules(this.locale));
  private readonly numbers = lazy(() => new Intl.NumberFormat(this.locale));

  constructor(readonly locale: string) {}

  /** Formats a phrase as plain text. */
  say(phrase: Phrase, values: Values = {}): string {
    return this.pieces(phrase, values)
      .map(({ text }) => text)
      .join('');
  }

  pieces(phrase: Phrase, values: Values = {}): Piece[] {
    const template = this.choose(phrase, values);
    const pieces: Piece[] = [];
    let end = 0;
    const add = (kind: Piece['kind'], template: string) => {
      if (!template) return;
      const whole = this.fill(template, values, (value) => value);
      const text = this.fill(template, values, (value) => isolated(clip(value)));
      pieces.push({ kind, text, ...(whole.length > LONGEST && { whole }) });
    };
    for (const match of template.matchAll(MARKS)) {
      add('text', template.slice(end, match.index));
      const [whole, code, bold, link] = match;
      add(code ? 'code' : bold ? 'bold' : 'link', code ?? bold ?? link);
      end = match.index + whole.length;
    }
    add('text', template.slice(end));
    return pieces;
  }

  number(value: number): string {
    return this.numbers().format(value);
  }

  private choose(phrase: Phrase, { n }: Values): string {
    if (typeof phrase === 'string') return phrase;
    return this.plurals().select(Number(n)) === 'one' ? phrase.one : phrase.other;
  }

  private fill(text: string, values: Values, shown: (value: string) => string): string {
    return text.replace(HOLE, (hole, name: string) => {
      const value = values[name];
      if (value === undefined) return hole;
      return typeof value === 'number' ? this.number(value) : shown(value);
    });
  }
}
