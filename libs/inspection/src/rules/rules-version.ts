/** Raise it with every change to the rules here: results of an earlier version are not used, so each text is inspected again. */
export const RULES_VERSION = 1;
