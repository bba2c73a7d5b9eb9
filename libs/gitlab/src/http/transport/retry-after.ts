/** How long GitLab asks to wait: `Retry-After` in seconds or as a date, else until `RateLimit-Reset`. */
export function retryAfterMs(headers: Record<string, string>, now: Date): number | undefined {
  const after = headers['retry-after'];
  if (after && /^\d+$/.test(after.trim())) return Number(after) * 1000;
  const date = after ? Date.parse(after) : Number(headers['ratelimit-reset']) * 1000;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
