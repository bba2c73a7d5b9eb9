import { AxiosError, AxiosHeaders } from 'axios';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Secret } from '@app/gitlab-sync';
import { createLog } from './log';
import { NestLog } from './nest-log';

function givenLog() {
  const output = new PassThrough();
  const log = createLog('trace', output);
  return { log, written: () => JSON.parse(String(output.read())) as Record<string, unknown> };
}

describe('the log', () => {
  it.each([
    [{ authorization: 'hidden-text' }],
    [{ headers: { 'x-gitlab-token': 'hidden-text' } }],
    [{ req: { headers: { authorization: 'hidden-text', 'webhook-signature': 'hidden-text' } } }],
    [{ connection: { token: 'hidden-text' } }],
    [{ key: new Secret('hidden-text') }],
  ])('hides secrets in %j', (fields) => {
    const { log, written } = givenLog();
    log.info(fields, 'something');
    expect(JSON.stringify(written())).not.toContain('hidden-text');
  });

  it('keeps only the harmless parts of an error: neither the request nor a token in its words', () => {
    const { log, written } = givenLog();
    const config = { headers: new AxiosHeaders({ 'PRIVATE-TOKEN': 'hidden-text' }) };
    const error = new AxiosError(
      'refused glpat-abcdefgh12345678 at https://ada:pass@gitlab.com',
      'ERR',
      config,
    );
    log.error({ err: error }, 'failed');
    const line = written();
    expect(JSON.stringify(line)).not.toMatch(/hidden-text|glpat|ada:pass/);
    expect(line.err).toMatchObject({ type: 'AxiosError', code: 'ERR' });
  });

  it('shows inert what others wrote in an error', () => {
    const { log, written } = givenLog();
    log.error({ err: new Error('no file gpj.\u202Edm\u001B[2J\nnext') }, 'failed');
    expect(written().err).toMatchObject({ message: 'no file gpj.\\u{202E}dm\\u{1B}[2J\nnext' });
  });

  it("writes Nest's messages with their context, and how Nest starts only for debugging", () => {
    const { log, written } = givenLog();
    new NestLog(log).log('mapped', 'RouterExplorer');
    expect(written()).toMatchObject({ level: 20, context: 'RouterExplorer', msg: 'mapped' });
    new NestLog(log).error({ errorId: 'e1' }, 'unexpected error', 'http');
    expect(written()).toMatchObject({ level: 50, context: 'http', errorId: 'e1', msg: 'unexpected error' });
  });
});

describe('the last lines of a process', () => {
  const inItsEnd = (end: string) => {
    const program = `const { createLog } = require(${JSON.stringify(join(__dirname, 'log.ts'))});
      const log = createLog('info');
      log.info('first');
      setImmediate(() => { log.warn('last'); ${end} });`;
    const runTypescript = join(__dirname, '../../../../test/support/run-typescript.cjs');
    return spawnSync(process.execPath, ['--require', runTypescript, '--eval', program], { encoding: 'utf8' });
  };

  it.each([
    ['exits', 'process.exit(3)'],
    ['has nothing more to do', ''],
    ['ends by an error', `throw new Error('fatal')`],
    ['ends by a failed promise', `void Promise.reject(new Error('fatal'))`],
  ])('are written if it %s', (_, end) => {
    const lines = inItsEnd(end).stdout.split('\n').filter(Boolean);
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['first', 'last']);
  });
});
