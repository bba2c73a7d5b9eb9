import { preconditionOf } from './precondition';

describe('the precondition of an edit', () => {
  it.each([
    [{}, undefined],
    [{ 'if-match': '*' }, 'present'],
    [{ 'if-none-match': '*' }, 'absent'],
    [{ 'if-none-match': '"abc"' }, undefined],
    [{ 'if-match': '"abc"' }, ['abc']],
    [{ 'if-match': 'abc' }, ['abc']],
    [{ 'if-match': '"abc", "def"' }, ['abc', 'def']],
    [{ 'if-match': 'W/"abc"' }, []],
    [{ 'if-match': '' }, ['']],
  ])('of %j is %j', (headers, expected) => expect(preconditionOf(headers)).toEqual(expected));
});
