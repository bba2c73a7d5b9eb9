import { join } from 'node:path';

const isSource = __filename.endsWith('.ts');

/**
 * Returns how to start the worker: the compiled file beside this one, or the source with the `--require` hook of this
 * process that compiles TypeScript. Drops V8's flags, which workers refuse.
 */
export function workerStart(): { readonly filename: string; readonly execArgv: string[] } {
  const hooks = process.execArgv.flatMap((arg, index, all) =>
    arg === '--require' ? [arg, all[index + 1]] : [],
  );
  return {
    filename: join(__dirname, `inspector-worker.${isSource ? 'ts' : 'js'}`),
    execArgv: isSource ? hooks : [],
  };
}
