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

/**
 * Keeps the young generation small for the time of a start. What a start creates survives, so V8 would enlarge it to 32 MB
 * and keep them. It grows afterwards if the work needs it.
 */
const STAYS_SMALL = '--semi-space-growth-factor=1';
const MAY_GROW = '--semi-space-growth-factor=2';
const START_MS = 15_000;

for (const flag of [ROOM, NONE_BORN_OLD, STAYS_SMALL]) setFlagsFromString(flag);
setTimeout(() => setFlagsFromString(MAY_GROW), START_MS).unref();
new OldBuffers().watch();
