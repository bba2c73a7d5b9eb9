import type { Match } from './credentials';

const FORMS: Readonly<Record<string, RegExp>> = {
  'a control character that changes the direction of the text': /[\u202A-\u202E\u2066-\u2069]/g,
  // Flags of regions are written so: a black flag, then letters that do not show.
  'invisible text': /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]{0,8})[\u{E0000}-\u{E007F}]+/gu,
};

/** Returns what people do not see and an AI reads. */
export function hiddenTextIn(text: string): Match[] {
  return Object.entries(FORMS).flatMap(([rule, form]) =>
    [...text.matchAll(form)].map(({ 0: hidden, index }): Match => ({
      ...{ reason: 'hidden_control', rule, text: hidden, index },
    })),
  );
}
