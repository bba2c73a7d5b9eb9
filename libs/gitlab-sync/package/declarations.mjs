import { join } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { compilerOptions } from './compile.mjs';

/** The reports in docs/api list the types that a signature names and no entry exports. */
const NOT_EXPORTED = /private shared type exports/;

/**
 * Writes the declarations of each entry to one file. Types that several entries share are in files below `types/`,
 * so that a class has one declaration. @throws Error
 */
export async function declare(root, out, entries) {
  const warnings = [];
  const bundle = await rollup({
    input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
    external: /^node:/,
    plugins: [
      dts({ compilerOptions: { ...compilerOptions(root), removeComments: false, stripInternal: true } }),
    ],
    onwarn: ({ message }) => NOT_EXPORTED.test(message) || warnings.push(message),
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
