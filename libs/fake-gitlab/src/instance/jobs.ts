/**
 * GitLab's background jobs. They run as soon as the request or push that queued them is answered, unless a test holds
 * them back.
 */
export class Jobs {
  private readonly queued: (() => void)[] = [];
  private held = false;

  add(job: () => void): void {
    this.queued.push(job);
  }

  get pending(): number {
    return this.queued.length;
  }

  /** Keeps jobs queued until `release`, as on a busy instance. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    this.settle();
  }

  /** Runs that many of the queued jobs, even held ones. */
  run(count: number): void {
    for (let left = count; left > 0 && this.queued.length; left--) this.queued.shift()!();
  }

  /** Runs all queued jobs, and those that they queue, unless they are held. */
  settle(): void {
    while (!this.held && this.queued.length) this.queued.shift()!();
  }
}
