/**
 * Increase it when the decisions of these rules change: each text is then inspected again, because results of earlier
 * versions are ignored. A new wording needs no increase: a stored result keeps its wording until the text changes.
 */
export const RULES_VERSION = 1;
