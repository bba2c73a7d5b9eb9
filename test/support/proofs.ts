/** Sizes of the long random proofs. */
interface Proofs {
  readonly simulation: {
    /** Counts histories by the way in which Dot publishes. */
    readonly histories: Readonly<Record<'direct' | 'merge_request', number>>;
    /** Each if absent. */
    readonly sabotages?: readonly string[];
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
  simulation: { histories: { direct: 50, merge_request: 25 }, sabotages: ['base', 'closed'] },
  killedWorkers: { times: 2, edits: 2 },
  crashedPostgres: { times: 2, edits: 2 },
};

/** For `npm run check` and CI. Each kill starts a process again, which takes two seconds of a processor. */
const FULL: Proofs = {
  simulation: { histories: { direct: 2000, merge_request: 1000 } },
  killedWorkers: { times: 30, edits: 20 },
  crashedPostgres: { times: 12, edits: 20 },
};

export const PROOFS = process.env.TEST_PROOFS === 'full' ? FULL : BRIEF;
