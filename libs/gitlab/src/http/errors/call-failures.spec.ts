import { InstanceUnreachable } from '../../errors/instance.errors';
import { Misshapen } from '../responses/shapes';
import { AnswerTooLarge } from '../transport/deadline';
import type { Call, Transport } from '../transport/transport';
import { CallFailures } from './call-failures';

const INSTANCE = 'https://gitlab.example';
const transport = { access: { instanceUrl: INSTANCE }, options: {} } as unknown as Transport;
const failures = new CallFailures(transport, () => new Date(0));
const call = (method: string, path: string) => ({ method, path }) as Call;
const answer = (text: string, status = 200) => ({ status, headers: {}, body: Buffer.from(text) });

const USER = call('GET', '/api/v4/user?x=1');
const TREE = call('GET', '/api/v4/projects/7/repository/tree?page=2');
const COMMIT = call('POST', '/api/v4/projects/7/repository/commits');
const QUERY = call('POST', '/api/graphql');

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('A failed call', () => {
  it.each<[string, Error, Call, object]>([
    [
      'too large an answer',
      new AnswerTooLarge(10),
      TREE,
      { code: 'gitlab_answer_invalid', outcomeUnknown: false },
    ],
    ['a wrong shape', new Misshapen('odd'), COMMIT, { code: 'gitlab_answer_invalid', outcomeUnknown: true }],
    ['a wrong shape of the user', new Misshapen('odd'), USER, { code: 'instance_not_gitlab' }],
    ['a wrong shape of a query', new Misshapen('odd'), QUERY, { outcomeUnknown: false }],
    ['broken JSON', new SyntaxError('x'), TREE, { code: 'gitlab_unavailable', outcomeUnknown: false }],
    [
      'broken JSON of a write',
      new SyntaxError('x'),
      COMMIT,
      { code: 'gitlab_unavailable', outcomeUnknown: true },
    ],
    [
      'an error that is translated',
      new InstanceUnreachable(INSTANCE, 'x'),
      TREE,
      { code: 'instance_unreachable' },
    ],
    ['a reset of a write', new Error('reset'), COMMIT, { code: 'gitlab_unavailable', outcomeUnknown: true }],
    ['a reset of a read', new Error('reset'), TREE, { code: 'gitlab_unavailable', outcomeUnknown: false }],
  ])('names %s', (_, error, failed, expected) => {
    expect(errorOf(() => failures.thrown(error, failed))).toMatchObject(expected);
  });

  it.each<[string, string, Call, object]>([
    ['is no JSON', '<', TREE, { code: 'gitlab_unavailable', outcomeUnknown: false }],
    ['is no JSON after a write', '<', COMMIT, { code: 'gitlab_unavailable', outcomeUnknown: true }],
    [
      'has a wrong shape',
      '{}',
      TREE,
      { code: 'gitlab_answer_invalid', message: expect.stringContaining('tree: odd') },
    ],
    [
      'is no JSON for the user',
      '<',
      USER,
      { code: 'instance_not_gitlab', message: expect.stringContaining('/api/v4/user') },
    ],
  ])('says so if the answer %s', (_, text, failed, expected) => {
    const read = () => {
      throw new Misshapen('odd');
    };
    expect(errorOf(() => failures.dataOf(answer(text), failed, read))).toMatchObject(expected);
  });

  it('passes on other errors, and data', () => {
    const bug = new TypeError('bug');
    expect(failures.dataOf(answer('{"a":1}'), TREE, (data) => data)).toEqual({ a: 1 });
    const fail = () => {
      throw bug;
    };
    expect(errorOf(() => failures.dataOf(answer('{}'), TREE, fail))).toBe(bug);
  });

  it('translates a refusal with its wait and the doubt about a write', () => {
    const limited = { ...answer('{}', 429), headers: { 'retry-after': '7' } };
    expect(failures.refused(limited, TREE)).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 });
    expect(failures.refused(answer('{}', 500), COMMIT)).toMatchObject({ outcomeUnknown: true });
    expect(failures.refused(answer('{}', 500), QUERY)).toMatchObject({ outcomeUnknown: false });
  });
});
