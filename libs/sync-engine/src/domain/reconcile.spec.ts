import {
  isLocalAhead,
  reconcile,
  settleConflict,
  type BaseBlobs,
  type ConflictFacts,
  type PathSides,
  type Problem,
  type Verdict,
} from './reconcile';
import type { ConflictPolicy } from './conflict';

const problemOf = (about: Problem['about']): Problem => ({ reason: 'too_big', detail: 'split it', about });
const [text, name, entry] = [problemOf('text'), problemOf('name'), problemOf('entry')];

const agreed: BaseBlobs = { remote: 'base', local: 'base' };
const endings: BaseBlobs = { remote: 'lf', local: 'crlf' };
const never = undefined;

type Row = [
  string,
  BaseBlobs | undefined,
  local: string | null,
  remote: string | null,
  Problem | null,
  Verdict['kind'],
];

const DECISIONS: Row[] = [
  ['neither side changed', agreed, 'base', 'base', null, 'nothing'],
  ['GitLab edited', agreed, 'base', 'theirs', null, 'take'],
  ['GitLab deleted', agreed, 'base', null, null, 'take'],
  ['Dot edited', agreed, 'ours', 'base', null, 'send'],
  ['Dot deleted', agreed, null, 'base', null, 'send'],
  ['both edited, differently', agreed, 'ours', 'theirs', null, 'conflict'],
  ['both edited, equally', agreed, 'same', 'same', null, 'agree'],
  ['both deleted', agreed, null, null, null, 'agree'],
  ['Dot deleted, GitLab edited', agreed, null, 'theirs', null, 'conflict'],
  ['Dot edited, GitLab deleted', agreed, 'ours', null, null, 'conflict'],
  ['never seen, only in Dot', never, 'ours', null, null, 'send'],
  ['never seen, only in GitLab', never, null, 'theirs', null, 'take'],
  ['never seen, equal', never, 'same', 'same', null, 'agree'],
  ['never seen, different', never, 'ours', 'theirs', null, 'conflict'],
  ['never seen, nowhere', never, null, null, null, 'nothing'],
  ['GitLab turned CRLF into LF, neither edited', endings, 'crlf', 'lf', null, 'nothing'],
  ['GitLab edited after CRLF', endings, 'crlf', 'theirs', null, 'take'],
  ['Dot took over the LF form', endings, 'lf', 'lf', null, 'agree'],
  ['Dot won and is yet to push', { remote: 'theirs', local: 'base' }, 'ours', 'theirs', null, 'send'],

  ['GitLab edited to a text Dot cannot take', agreed, 'base', 'theirs', text, 'quarantine'],
  ['both edited, and Dot cannot take the text', agreed, 'ours', 'theirs', text, 'quarantine'],
  ['a new file with a text Dot cannot take', never, null, 'theirs', text, 'quarantine'],
  ['Dot has that very text', never, 'same', 'same', text, 'agree'],
  ['that text was agreed on', agreed, 'base', 'base', text, 'nothing'],
  ['that text was agreed on, and Dot edited', agreed, 'ours', 'base', text, 'send'],
  ['GitLab edited a file of a name Dot cannot have', agreed, 'base', 'theirs', name, 'quarantine'],
  ['Dot has that text, but the name is wrong', never, 'same', 'same', name, 'quarantine'],
  ['a wrong name that was seen before', agreed, 'base', 'base', name, 'nothing'],
  ['a link in the place of a file', agreed, 'base', 'link', entry, 'quarantine'],
  ['a link that was seen before', { remote: 'link', local: 'base' }, 'base', 'link', entry, 'quarantine'],
  ['a directory where there was nothing', never, null, null, entry, 'quarantine'],
];

describe('reconcile', () => {
  it.each(DECISIONS)('%s', (_, base, local, remote, problem, kind) => {
    const sides: PathSides = { path: 'notes/a.md', base, local, remote, problem };
    expect(reconcile(sides)).toEqual(kind === 'quarantine' ? { kind, problem } : { kind });
  });
});

describe('settleConflict', () => {
  const at = (localAt: number, remoteAt: number): ConflictFacts => ({
    sameText: false,
    ...{ localAt: new Date(localAt), remoteAt: new Date(remoteAt), readAt: new Date(10) },
  });

  it.each<[string, ConflictFacts, ConflictPolicy, ReturnType<typeof settleConflict>]>([
    ['texts that differ only by line endings', { sameText: true }, 'local', 'agree'],
    ['Dot was later', at(5, 4), 'newest', 'local'],
    ['GitLab was later', at(4, 5), 'newest', 'remote'],
    ['a commit from the future does not win for that', at(11, 50), 'newest', 'local'],
    ['the policy says Dot', at(1, 9), 'local', 'local'],
    ['the policy says GitLab', at(9, 1), 'remote', 'remote'],
  ])('%s', (_, facts, policy, settled) => {
    expect(settleConflict(facts, policy)).toBe(settled);
  });
});

describe('isLocalAhead', () => {
  it.each<[string, BaseBlobs | undefined, string | null, boolean]>([
    ['Dot is as agreed', agreed, 'base', false],
    ['Dot edited', agreed, 'ours', true],
    ['Dot deleted', agreed, null, true],
    ['a new file', never, 'ours', true],
    ['no file', never, null, false],
    ['Dot keeps CRLF', endings, 'crlf', false],
    ['Dot won and is yet to push', { remote: 'theirs', local: 'base' }, 'ours', true],
  ])('%s', (_, base, local, ahead) => {
    expect(isLocalAhead(base, local)).toBe(ahead);
  });
});
