import { setFlagsFromString } from 'node:v8';

/**
 * V8 marks all that is alive whenever the old generation has grown by about the half of it, each time for some 60 ms on the cores
 * that the database needs too. With room for four times what is alive it does so a third as often, for at most 200 MB more.
 */
const ROOM = '--heap-growing-percent=300';

/** New objects are put there because others of the same line once grew old; once dead they keep all they refer to until V8 marks. */
const NONE_BORN_OLD = '--no-allocation-site-pretenuring';

for (const flag of [ROOM, NONE_BORN_OLD]) setFlagsFromString(flag);
