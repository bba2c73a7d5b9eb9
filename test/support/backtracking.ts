import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** Continues after the matched part. Returns true if the rest matches. */
type Then = (at: number) => boolean;
type Matcher = (at: number, then: Then) => boolean;

/**
 * Counts how many characters a backtracking engine reads to find all matches of an expression in a text: what makes one slow,
 * without a clock. Knows what the expressions of this project use: no flag `u`, no lazy quantifiers.
 */
export function charactersRead(form: RegExp, text: string): number {
  const { alternatives } = new RegExpParser().parsePattern(form.source);
  const engine = new Engine(text, form.flags.replace(/[gy]/g, ''));
  const matcher = engine.anyOf(alternatives, 1);
  for (let start = 0; start <= text.length;) {
    let end = start;
    const matched = matcher(start, (at) => ((end = at), true));
    start = matched && end > start ? end : start + 1;
  }
  return engine.read;
}

class Engine {
  read = 0;
  private readonly groups = new Map<string, string>();

  constructor(
    private readonly text: string,
    private readonly flags: string,
  ) {}

  anyOf(alternatives: readonly AST.Alternative[], step: 1 | -1): Matcher {
    const matchers = alternatives.map(({ elements }) => this.sequence(elements, step));
    return (at, then) => matchers.some((matcher) => matcher(at, then));
  }

  private sequence(elements: readonly AST.Element[], step: 1 | -1): Matcher {
    const matchers = elements.map((element) => this.element(element, step));
    const inOrder = step === 1 ? matchers.reverse() : matchers;
    return inOrder.reduce<Matcher>(
      (rest, matcher) => (at, then) => matcher(at, (next) => rest(next, then)),
      (at, then) => then(at),
    );
  }

  private element(element: AST.Element, step: 1 | -1): Matcher {
    switch (element.type) {
      case 'Quantifier':
        return this.repeated(element, step);
      case 'Group':
        return this.anyOf(element.alternatives, step);
      case 'CapturingGroup':
        return this.captured(element, step);
      case 'Backreference':
        return (at, then) => {
          const known = this.groups.get(String(element.ref)) ?? '';
          this.read += known.length;
          return this.text.startsWith(known, at) && then(at + known.length);
        };
      case 'Assertion':
        return this.asserted(element);
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet':
      case 'ExpressionCharacterClass':
        return this.character(new RegExp(`^${element.raw}$`, this.flags), step);
    }
  }

  private character(form: RegExp, step: 1 | -1): Matcher {
    return (at, then) => {
      const character = this.text[step === 1 ? at : at - 1];
      this.read++;
      return character !== undefined && form.test(character) && then(at + step);
    };
  }

  private repeated({ min, max, element }: AST.Quantifier, step: 1 | -1): Matcher {
    const once = this.element(element, step);
    const from = (done: number, at: number, then: Then): boolean =>
      (done < max && once(at, (next) => from(done + 1, next, then))) || (done >= min && then(at));
    return (at, then) => from(0, at, then);
  }

  private captured({ name, alternatives }: AST.CapturingGroup, step: 1 | -1): Matcher {
    const inside = this.anyOf(alternatives, step);
    return (at, then) =>
      inside(at, (end) => {
        this.groups.set(name ?? '', this.text.slice(Math.min(at, end), Math.max(at, end)));
        return then(end);
      });
  }

  private asserted(assertion: AST.Assertion): Matcher {
    if (assertion.kind === 'word') {
      const isWord = (at: number) => (this.read++, /^\w$/.test(this.text[at] ?? ''));
      return (at, then) => (isWord(at - 1) !== isWord(at)) !== assertion.negate && then(at);
    }
    if (assertion.kind !== 'lookahead' && assertion.kind !== 'lookbehind')
      return (at, then) => at === (assertion.kind === 'start' ? 0 : this.text.length) && then(at);
    const { alternatives, negate } = assertion;
    const inside = this.anyOf(alternatives, assertion.kind === 'lookahead' ? 1 : -1);
    return (at, then) => inside(at, () => true) !== negate && then(at);
  }
}
