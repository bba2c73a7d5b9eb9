import { checkWorkBranch } from './publishing';

describe('A work branch', () => {
  it.each(['dot/context', 'dot', 'ünïcode', 'x'.repeat(99), 'main-2'])('may be %j', (name) => {
    expect(() => checkWorkBranch(name, 'main')).not.toThrow();
  });

  it.each([
    ['', 'that Git allows'],
    ['a b', 'that Git allows'],
    ['a'.repeat(40), 'that Git allows'],
    ['x'.repeat(100), 'shorter than 100 bytes'],
    ['ü'.repeat(50), 'shorter than 100 bytes'],
    ['main', 'another branch'],
    ['main/dot', 'beside main'],
  ])('may not be %j', (name, detail) => {
    expect(() => checkWorkBranch(name, 'main')).toThrow(
      expect.objectContaining({
        errors: [{ field: 'workBranch', detail: expect.stringContaining(detail) }],
      }),
    );
  });

  it('cannot be the directory of the branch', () => {
    expect(() => checkWorkBranch('dot', 'dot/main')).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    );
  });
});
