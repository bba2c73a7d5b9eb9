import type { Phrase } from '../say';

/** Types a set of phrases and keeps their names. */
export const deck = <Deck extends Record<string, Phrase>>(phrases: Deck): Record<keyof Deck, Phrase> =>
  phrases;
