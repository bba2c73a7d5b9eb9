/** Sizes of the long random proofs. */
interface Proofs {
  readonly simulation: {
    /** Counts histories by the way in which Dot publishes. */
    readonly histories: Readonly<Record<'direct' | 'merge_request', number>>;
    /** Names the safeguards that are broken by that way; each of them if absent. */
    readonly sabotages?: Readonly<Record<'direct' | 'merge_request', readonly string[]>>;
    /** Counts the histories that are lived through twice. */
    readonly repeated: number;
  };
  readonly killedWorkers: Crashes;
  readonly crashedPostgres: Crashes;
}

interface Crashes {
  readonly times: number;
  /** Each organisation must have made more edits than these, so that something can go wrong. */
  readonly edits: number;
}

/** For `npm test`: minutes. */
const BRIEF: Proofs = {
  simulation: {
    histories: { direct: 25, merge_request: 10 },
    sabotages: { direct: ['base'], merge_request: ['force'] },
    repeated: 1,
  },
  killedWorkers: { times: 2, edits: 2 },
  crashedPostgres: { times: 2, edits: 2 },
};

/** For `npm run check` and CI. Each kill starts a process again, which takes two seconds of a processor. */
const FULL: Proofs = {
  simulation: { histories: { direct: 2000, merge_request: 1000 }, repeated: 5 },
  killedWorkers: { times: 30, edits: 20 },
  crashedPostgres: { times: 12, edits: 20 },
};

export const PROOFS = process.env.TEST_PROOFS === 'full' ? FULL : BRIEF;
