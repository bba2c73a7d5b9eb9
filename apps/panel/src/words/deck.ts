import type { Phrase } from '../say';

/** Phrases by name. */
export const deck = <Deck extends Record<string, Phrase>>(phrases: Deck): Record<keyof Deck, Phrase> =>
  phrases;
