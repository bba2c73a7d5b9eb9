import { join } from 'node:path';

const isSource = __filename.endsWith('.ts');

/**
 * How the worker starts: compiled beside this file, or from sources with the hook (`--require`) that compiles TypeScript in this
 * process. V8's flags are not for a worker.
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
