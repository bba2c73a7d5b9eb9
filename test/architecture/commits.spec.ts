import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { flawsOf } from './commit-subject';

const ROOT = join(__dirname, '../..');
/** Commits before this time were written before these rules. */
const RULES_SINCE = '2026-11-29T20:00:00Z';
const MOST = 72;

describe('The subject of a commit', () => {
  it.each([
    'feat(webhooks): look at the hook itself in a connection check',
    'feat(database)!: run each kind of query under a role of its own',
    'fix: pass the reason on',
    'docs: embed the diagram',
    'test(sync-engine): bring the clock back',
    'chore: merge base paths, moved projects, hooks in the check',
    `fix: ${'x'.repeat(MOST - 5)}`,
  ])('may be "%s"', (subject) => {
    expect(flawsOf(subject)).toEqual([]);
  });

  it.each([
    ['look at the hook', 'type'],
    ['bench(webhooks): measure more rounds', 'type'],
    ['feat(Web Hooks): look at the hook', 'type'],
    ['feat:look at the hook', 'type'],
    [`fix: ${'x'.repeat(MOST - 4)}`, 'characters'],
    ['fix: look at the hook.', 'full stop'],
    ['fix: V8 is told to keep its memory', 'imperative'],
    ['fix: Look at the hook', 'imperative'],
    ['fix: a server that closes does not wait', 'imperative'],
    ['feat: the log names each act', 'imperative'],
    ['fix: added the missing test', 'imperative'],
    ['fix: adds the missing test', 'imperative'],
    ['fix: adding the missing test', 'imperative'],
  ])('may not be "%s"', (subject, flaw) => {
    expect(flawsOf(subject)).toEqual([expect.stringContaining(flaw)]);
  });
});

/** A source archive has no history. */
const describeWithHistory = existsSync(join(ROOT, '.git')) ? describe : describe.skip;

describeWithHistory('The history of this project', () => {
  /** Works in a shallow clone too: it names the commits that are present. */
  const commits = (...options: string[]) =>
    execFileSync(
      'git',
      ['-c', `safe.directory=${ROOT}`, 'log', '--no-merges', '--format=%h %s', ...options],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    )
      .split('\n')
      .filter(Boolean);

  it('can be read', () => {
    expect(commits()).not.toEqual([]);
  });

  it('has commits with good subjects only', () => {
    const flawed = commits(`--since=${RULES_SINCE}`).flatMap((line) => {
      const [hash, ...words] = line.split(' ');
      return flawsOf(words.join(' ')).map((flaw) => `${hash} ${words.join(' ')}: ${flaw}`);
    });
    expect(flawed).toEqual([]);
  });
});
