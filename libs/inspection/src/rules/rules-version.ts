/**
 * Raise it with every change to what the rules here decide: results of an earlier version are not used, so each text is inspected
 * again. A change of words only is not one: a stored result keeps its words until the text changes.
 */
export const RULES_VERSION = 1;
