import { blobOf } from '@app/kernel';
import { baseAfterPush } from './base-after';

const A = blobOf(Buffer.from('a'));

it.each([
  ['a commit that names the state', 'c1', 'c1'],
  ['a plan that sent nothing', undefined, null],
])('the base after %s supersedes no pending change', (_, seenAt, expected) => {
  const agreed = new Map([['a.md', { remote: A, local: A }]]);
  expect([...baseAfterPush(agreed, seenAt)]).toEqual([
    ['a.md', { remote: A, local: A, supersededUpTo: 0, seenAt: expected }],
  ]);
});
