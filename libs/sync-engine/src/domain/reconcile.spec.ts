import { reconcilePath, planSync, type BaseBlobs, type Step } from './reconcile';

const kindOf = (base: BaseBlobs | undefined, dot: string | null, gitlab: string | null) =>
  reconcilePath('notes/a.md', base, dot, gitlab)?.kind ?? 'nothing';

describe('reconcilePath', () => {
  const agreed: BaseBlobs = { gitlab: 'base', dot: 'base' };

  it.each<[string, BaseBlobs | undefined, string | null, string | null, Step['kind'] | 'nothing']>([
    ['nobody changed it', agreed, 'base', 'base', 'nothing'],
    ['GitLab edited', agreed, 'base', 'theirs', 'take'],
    ['GitLab deleted', agreed, 'base', null, 'take'],
    ['Dot edited', agreed, 'ours', 'base', 'send'],
    ['Dot deleted', agreed, null, 'base', 'send'],
    ['both edited, differently', agreed, 'ours', 'theirs', 'conflict'],
    ['both edited, equally', agreed, 'same', 'same', 'agree'],
    ['both deleted', agreed, null, null, 'agree'],
    ['Dot deleted, GitLab edited', agreed, null, 'theirs', 'conflict'],
    ['Dot edited, GitLab deleted', agreed, 'ours', null, 'conflict'],
    ['never seen, only in Dot', undefined, 'ours', null, 'send'],
    ['never seen, only in GitLab', undefined, null, 'theirs', 'take'],
    ['never seen, equal', undefined, 'same', 'same', 'agree'],
    ['never seen, different', undefined, 'ours', 'theirs', 'conflict'],
    ['never seen, nowhere', undefined, null, null, 'nothing'],
    ['GitLab turned CRLF into LF, nobody edited', { gitlab: 'lf', dot: 'crlf' }, 'crlf', 'lf', 'nothing'],
    ['GitLab edited after CRLF', { gitlab: 'lf', dot: 'crlf' }, 'crlf', 'theirs', 'take'],
    ['Dot took over the LF form', { gitlab: 'lf', dot: 'crlf' }, 'lf', 'lf', 'agree'],
    ['Dot won a conflict and has yet to push', { gitlab: 'theirs', dot: 'base' }, 'ours', 'theirs', 'send'],
  ])('%s', (_, base, dot, gitlab, kind) => {
    expect(kindOf(base, dot, gitlab)).toBe(kind);
  });
});

describe('planSync', () => {
  it('considers every path known to any side, in order', () => {
    const base = new Map([['b', { gitlab: '1', dot: '1' }]]);
    const plan = planSync(base, new Map([['c', '2']]), new Map([['a', '3']]));
    expect(plan.map(({ path, kind }) => [path, kind])).toEqual([
      ['a', 'take'],
      ['b', 'agree'],
      ['c', 'send'],
    ]);
  });
});
