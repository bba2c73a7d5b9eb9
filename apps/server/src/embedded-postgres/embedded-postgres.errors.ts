/** Reports that the embedded PostgreSQL cannot run here; the message has the reason and the alternative. */
export class EmbeddedPostgresUnavailable extends Error {
  constructor(why: string) {
    super(
      `The embedded PostgreSQL can't be used: ${why}. Correct that, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

export class DataDirInUse extends Error {
  constructor(dataDir: string) {
    super(`Another process keeps its database in ${dataDir}. Stop it, or set DATA_DIR to another directory.`);
  }
}
