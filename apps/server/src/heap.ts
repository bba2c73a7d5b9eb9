import { setFlagsFromString } from 'node:v8';

/**
 * V8 marks all that is alive whenever the old generation has grown by about the half of it, each time for some 60 ms on the cores
 * that the database needs too. With room for four times what is alive it does so a third as often, for at most 200 MB more.
 */
const ROOM = '--heap-growing-percent=300';

/** New objects are put there because others of the same line once grew old; once dead they keep all they refer to until V8 marks. */
const NONE_BORN_OLD = '--no-allocation-site-pretenuring';

/**
 * After a hundred seconds without marking V8 marks all the same, to save memory, and is slow for ten more while it compiles much of
 * the code once again. It heeds this only before it has marked for the first time: this file is imported before all others.
 */
const NOT_TO_SAVE_MEMORY = '--no-memory-reducer';

for (const flag of [ROOM, NONE_BORN_OLD, NOT_TO_SAVE_MEMORY]) setFlagsFromString(flag);
