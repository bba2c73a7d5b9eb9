/** Returns a command that does nothing without the table: a host with a context store of its own has none for files. */
export const ifExists = (table: string, command: string): string =>
  `DO $do$ BEGIN IF to_regclass('${table}') IS NOT NULL THEN ${command}; END IF; END $do$`;
