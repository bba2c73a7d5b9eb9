/**
 * The functions of a test runner that a contract suite calls. Jest and Vitest have them as globals; for `node:test`
 * take `expect` from the package of this name.
 */
export interface ContractRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, test: () => void | Promise<void>): unknown;
  beforeEach(prepare: () => void | Promise<void>): unknown;
  expect(actual: unknown): Expectation;
}

export interface Expectation extends Matchers<void> {
  readonly not: Matchers<void>;
  readonly rejects: Matchers<Promise<void>>;
}

export interface Matchers<Result> {
  toBe(expected: unknown): Result;
  toBeInstanceOf(expected: unknown): Result;
  toBeLessThanOrEqual(expected: number): Result;
  toBeNull(): Result;
  toBeUndefined(): Result;
  toEqual(expected: unknown): Result;
  toHaveLength(expected: number): Result;
  toMatch(expected: string | RegExp): Result;
  toMatchObject(expected: unknown): Result;
  toThrow(expected: unknown): Result;
}

/** Returns the runner whose functions are globals. */
export const globalRunner = (): ContractRunner => globalThis as unknown as ContractRunner;
