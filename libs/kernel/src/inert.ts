/** Characters that are invisible, change the direction of a text, or control a terminal. */
const UNSEEN =
  /[\p{Cc}\p{Surrogate}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Variation_Selector}\uFFF9-\uFFFB]/gu;
/**
 * Exceptions: joiners in scripts other than Latin and in emoji, and variation selectors of emoji. One each, directly
 * after a character.
 */
const AT_HOME =
  /[\u200C\u200D\uFE0E\uFE0F](?<=[\p{L}\p{M}\p{So}\p{Emoji_Modifier}].)(?<![\p{Script=Latin}\0-\xA0\p{Default_Ignorable_Code_Point}].)|\u200D(?<=\p{So}\uFE0F.)(?=\p{So})/uy;

/**
 * Makes a name or message from outside safe to show: spells out characters that are invisible, as in `\u{202E}`. For
 * people only; programs need the exact text.
 */
export function inert(text: string): string {
  return text.replace(UNSEEN, (character: string, at: number) => {
    AT_HOME.lastIndex = at;
    return AT_HOME.test(text) ? character : `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`;
  });
}

/** Makes a text of several lines inert, but keeps its line breaks and tabs. */
export function inertLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, nth) => (nth % 2 ? part : inert(part)))
    .join('');
}
