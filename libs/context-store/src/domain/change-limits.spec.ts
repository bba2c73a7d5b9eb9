import { checkOperations, MOST_OPERATIONS } from './change-limits';
import { TooManyOperations } from './context-store.errors';

const edits = (count: number, path: string, op: 'put' | 'delete' = 'put') =>
  Array.from({ length: count }, () => ({ op, path }));
/** A path in directories of 4,096 letters in sum. */
const DEEP = `${'x'.repeat(1_024)}/${'x'.repeat(2_047)}/y`;

describe('A change', () => {
  it.each([
    ['as many operations as may be', edits(MOST_OPERATIONS, 'a/b')],
    ['as many directories as can be checked', edits(1_000, DEEP)],
    ['any directories in which it deletes', edits(1_000, `/${DEEP}/${DEEP}`, 'delete')],
  ])('may have %s', (_, those) => expect(() => checkOperations(those)).not.toThrow());

  it.each([
    ['one operation more', edits(MOST_OPERATIONS + 1, 'a'), /more than 1000 operations. Split/],
    ['too long directories', edits(1_000, `${'x'.repeat(4_195)}/y`), /more directories than/],
    [
      'too many directories',
      edits(1_000, `${'x'.repeat(1_000)}/${'x'.repeat(2_300)}/y`),
      /more directories than/,
    ],
  ])('must not have %s', (_, those, message) => {
    expect(() => checkOperations(those)).toThrow(TooManyOperations);
    expect(() => checkOperations(those)).toThrow(message);
  });
});
