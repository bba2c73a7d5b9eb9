import type { Clock } from '@app/kernel';
import type { User } from './model';

const [MOST, WINDOW_MS] = [3, 30_000];

/** GitLab takes few large commits of each user in a while (docs/gitlab-api.md#commit-answers, step 3). */
export class LargeCommits {
  private readonly times = new Map<number, number[]>();

  constructor(private readonly clock: Clock) {}

  admit({ id }: User): 'admitted' | 'too-many' {
    const now = this.clock.now().getTime();
    const recent = (this.times.get(id) ?? []).filter((at) => at > now - WINDOW_MS);
    if (recent.length >= MOST) return 'too-many';
    this.times.set(id, [...recent, now]);
    return 'admitted';
  }
}
