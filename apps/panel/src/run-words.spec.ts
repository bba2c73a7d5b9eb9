import type { Run } from './contract';
import { byWhom, runWords } from './run-words';
import { Speech } from './say';

const speech = new Speech('en');
const none = { created: 0, updated: 0, deleted: 0, unchanged: 0, conflicts: 0, quarantined: 0, putBack: 0 };

type Changes = Partial<Omit<Run, 'counts'>> & { counts?: Partial<Run['counts']> };

const run = ({ counts, ...more }: Changes): Run =>
  ({
    ...{ kind: 'pull', trigger: 'webhook', status: 'succeeded', commits: [], error: null, title: null },
    ...{ requestedBy: null, intent: null, ...more },
    counts: { ...none, ...counts },
  }) as Run;

function said(changes: Changes): string {
  const { icon, tone, title, values } = runWords(run(changes), (phrase, filled) =>
    speech.say(phrase, filled),
  );
  return `${icon} ${tone}: ${speech.say(title, values)}`;
}

describe('A run in one line', () => {
  it.each<[string, Changes, string]>([
    ['a pull', { counts: { created: 1, updated: 2 } }, 'down ok: Pulled 3 files'],
    ['a pull without an effect', {}, 'down ok: Nothing to pull'],
    [
      'files that were put back',
      { counts: { putBack: 15 }, commits: ['c'] },
      'up ok: Put 15 files back on GitLab',
    ],
    [
      'one file that was put back',
      { counts: { putBack: 1 }, commits: ['c'] },
      'up ok: Put 1 file back on GitLab',
    ],
    [
      'files that were put back, and others that were pulled',
      { counts: { putBack: 15, created: 1, updated: 1 }, commits: ['c'] },
      'up ok: Put 15 files back on GitLab, pulled 2',
    ],
    [
      'files that were left to a merge request',
      { counts: { putBack: 15 } },
      'up ok: Kept 15 files for a merge request',
    ],
    [
      'one file that was left to a merge request, and another that was pulled',
      { counts: { putBack: 1, updated: 1 } },
      'up ok: Kept 1 file for a merge request, pulled 1',
    ],
    [
      'proposals that were discarded',
      { intent: 'discard', counts: { updated: 2, deleted: 1 } },
      'down ok: Discarded 3 changes',
    ],
    ['a discard without an effect', { intent: 'discard' }, 'down ok: Nothing to discard'],
    ['proposals that were repeated', { kind: 'push', intent: 'propose' }, 'up ok: Proposed again'],
    [
      'proposals that were repeated, with a change',
      { kind: 'push', intent: 'propose', commits: ['c'], title: 'Explain churn' },
      'up ok: Proposed again',
    ],
    [
      'proposals that could not be repeated',
      {
        kind: 'push',
        intent: 'propose',
        status: 'failed',
        error: { code: 'merge_requests_disabled' } as never,
      },
      'cross err: Push failed: The project takes no merge requests',
    ],
    ['a push', { kind: 'push', commits: ['c'], title: 'Explain churn' }, 'up ok: Pushed “Explain churn”'],
    ['a push of several changes', { kind: 'push', commits: ['c', 'd'] }, 'up ok: Pushed 2 changes'],
    ['a first sync', { kind: 'initial', counts: { created: 49 } }, 'check ok: First sync: 49 files'],
  ])('%s', (_, changes, line) => expect(said(changes)).toBe(line));

  it('names what started it, but not the webhook that only reported the deletions that a person put back', () => {
    const by = (changes: Changes) => {
      const { phrase, values } = byWhom(run(changes));
      return speech.say(phrase, values);
    };
    expect(by({ counts: { updated: 1 } })).toBe('by webhook');
    expect(by({ counts: { putBack: 1 } })).toBe('');
    expect(by({ counts: { putBack: 1 }, trigger: 'manual', requestedBy: 'Ada' })).toBe('by Ada');
  });
});
