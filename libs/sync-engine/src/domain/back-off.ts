/** Returns how long a stop lasts: from half a minute, twice as long with each try, up to an hour at most. */
export function stopMs(tries: number, random: number): number {
  return Math.round((0.5 + random / 2) * Math.min(3_600_000, 60_000 * 2 ** Math.min(tries - 1, 20)));
}

/** Full jitter: anywhere up to a ceiling that doubles with each failure, from one second to five minutes. */
function backOffMs(failures: number, random: number): number {
  return Math.round(random * Math.min(300_000, 1000 * 2 ** Math.min(failures, 20)));
}

/** Returns the wait before the next attempt. A wait that the other side asks for makes back-off longer, never shorter. */
export function retryWaitMs(failures: number, random: number, askedMs = 0): number {
  return Math.max(askedMs, backOffMs(failures, random));
}
