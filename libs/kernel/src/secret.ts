import { inspect } from 'node:util';

/**
 * A token or key that prints as `[redacted]` when it is printed, logged or serialised. Call `reveal` only at the
 * point of use.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}
