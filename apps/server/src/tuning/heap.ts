import { setFlagsFromString } from 'node:v8';
import { OldBuffers } from './buffers';

/**
 * V8 marks all live objects whenever the old generation has grown by about half. Each mark takes some 60 ms on the
 * cores that the database needs too. With room for four times the live objects V8 marks a third as often, for at most
 * 200 MB more.
 */
const ROOM = '--heap-growing-percent=300';

/**
 * Pretenuring puts new objects into the old generation if earlier ones of the same code survived. Once dead, they
 * keep all their references until V8 marks.
 */
const NONE_BORN_OLD = '--no-allocation-site-pretenuring';

for (const flag of [ROOM, NONE_BORN_OLD]) setFlagsFromString(flag);
new OldBuffers().watch();
