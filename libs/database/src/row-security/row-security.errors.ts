/** Reports that row-level security is not in force; the message holds the commands that correct it. */
export class TenantsUnlocked extends Error {
  constructor(commands: readonly string[], advice: readonly string[]) {
    super(
      [
        'Row-level security is not in force, so the service does not start. As an administrator of the database, run:',
        '',
        ...commands.map((command) => `  ${command};`),
        '',
        ...advice,
        'Then start again. ALLOW_UNLOCKED_TENANTS=1 starts without it: then only the code keeps organisations apart.',
      ].join('\n'),
    );
  }
}

/** Reports, under `MIGRATIONS=check`, a schema older than the service. */
export class MigrationsPending extends Error {
  constructor(names: readonly string[]) {
    super(
      `The database lacks ${names.length} migrations (${names[0]} is the first). Run npm run migrate, or start once with MIGRATIONS=run.`,
    );
  }
}

/** Reports that the migrating user lacks rights, and the commands that an administrator may run instead. */
export class MigrationsForbidden extends Error {
  constructor(reason: string, commands: readonly string[] = []) {
    super(
      [
        `The database user may not change the schema (${reason}). Set MIGRATIONS_DATABASE_URL to a user that owns the tables.`,
        ...(commands.length ? ['Or run as an administrator of the database:', ''] : []),
        ...commands.map((command) => `  ${command};`),
      ].join('\n'),
    );
  }
}

/** Reports that the tables of an earlier version cannot be moved while something uses them. */
export class TablesInUse extends Error {
  constructor() {
    super(
      'The tables of the earlier version are in use, so they stay in the schema public. Stop all processes of that version, and start again.',
    );
  }
}

/** Reports that the schema public holds only a part of the earlier version's tables. */
export class TablesMissing extends Error {
  constructor(names: readonly string[]) {
    super(
      `The schema public lists migrations of an earlier version, but lacks ${names.length} of its tables (${names[0]} is the first). ` +
        'Start the last earlier version once to complete them, or restore the database, and start again.',
    );
  }
}
