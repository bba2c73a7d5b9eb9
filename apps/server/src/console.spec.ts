import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { explain } from './console';
import { readEnv } from './env';

const failureOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('why it does not start', () => {
  it('lists every variable that is wrong, without values', () => {
    const text = explain(failureOf(() => readEnv({ PORT: 'hidden-text', AUTH_JWT_SECRET: 'hidden-text' })));
    expect(text).toMatch(/^Cannot start:\n {2}PORT must be .*\n {2}AUTH_JWT_SECRET must be .*$/);
    expect(text).not.toContain('hidden-text');
  });

  it('says what to do about a port in use', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => first.once('listening', resolve));
    const second = createServer().listen((first.address() as AddressInfo).port, '127.0.0.1');
    const error = await new Promise((resolve) => second.once('error', resolve));
    expect(explain(error)).toMatch(
      /^Port \d+ is in use\. Stop the other program, or set PORT to a free one\.$/,
    );
    first.close();
  });

  it('says what to do about an address of another machine', async () => {
    const foreign = createServer().listen(0, '192.0.2.1');
    const error = await new Promise((resolve) => foreign.once('error', resolve));
    expect(explain(error)).toMatch(/^192\.0\.2\.1 is not an address of this machine\. Set HOST /);
  });

  it('says what to do about a DATA_DIR that is a file', () => {
    const error = failureOf(() => mkdirSync(__filename));
    expect(explain(error)).toMatch(/console\.spec\.ts cannot be created \(EEXIST\)\. Set DATA_DIR /);
  });

  it('names the variable of a database that cannot be reached', () => {
    const error = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
    expect(explain(error)).toBe('The database cannot be reached (ECONNREFUSED). Check DATABASE_URL.');
  });

  it('shows the origin of an unforeseen failure', () => {
    expect(explain(new Error('unforeseen'))).toMatch(/^Error: unforeseen\n {4}at /);
  });
});
