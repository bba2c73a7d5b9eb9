/** What some terminals, logs and browsers obey instead of showing it, and PostgreSQL cannot store. */
const ACTIVE = /[\p{Cc}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Returns foreign text in a form that is only ever shown: what is not printable stands there as its code point. */
export function inert(text: string): string {
  return text.replace(ACTIVE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
