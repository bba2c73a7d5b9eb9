import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { compilerOptions } from './compile.mjs';

/**
 * Writes the declarations of each entry to one file. Types that several entries share are in files below `types/`,
 * so that a class has one declaration. @throws Error if a type is used but no entry exports it
 */
export async function declare(root, out, entries) {
  const warnings = [];
  const bundle = await rollup({
    input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
    external: /^node:/,
    plugins: [dts({ compilerOptions: compilerOptions(root) })],
    onwarn: ({ message }) => warnings.push(message),
  });
  await bundle.write({
    dir: out,
    format: 'es',
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'types/[name].d.ts',
  });
  await bundle.close();
  if (warnings.length) throw new Error(`Declarations:\n${warnings.join('\n')}`);
}
