import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a program in a process of its own, which must end by itself. */
async function printed(program: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '--eval', program], {
    timeout: 90_000,
  });
  return JSON.parse(stdout);
}

const LOADED = `Object.keys(require.cache).map((path) => path.replaceAll('\\\\', '/'))`;

describe('the package', () => {
  it('opens nothing when it is imported', async () => {
    const found = await printed(`
      require('reflect-metadata');
      require('@dot/gitlab-sync');
      console.log(JSON.stringify(process.getActiveResourcesInfo().filter((name) => !/Pipe|TTY|FSReq/.test(name))));`);
    assert.deepEqual(found, []);
  });

  it('loads neither Swagger nor our routes for a host without HTTP', async () => {
    const found = await printed(`
      require('reflect-metadata');
      const { GitLabSyncModule } = require('@dot/gitlab-sync');
      GitLabSyncModule.forRoot({ database: { url: 'postgres://none' }, publicUrl: 'http://none', http: false });
      console.log(JSON.stringify(${LOADED}.filter((path) => /@nestjs\\/swagger|\\.controller\\.js$/.test(path))));`);
    assert.deepEqual(found, []);
  });

  it('is the same class for require and import', async () => {
    const found = await printed(`
      require('reflect-metadata');
      import('@dot/gitlab-sync').then((module) =>
        console.log(JSON.stringify(module.GitLabSyncModule === require('@dot/gitlab-sync').GitLabSyncModule)));`);
    assert.equal(found, true);
  });
});
