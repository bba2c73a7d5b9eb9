import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the files that `exports` names: a CommonJS module per entry, and an ES module that passes its values on. */
export function writeFaces(out, entries, values) {
  for (const [name, source] of Object.entries(entries)) {
    const write = (extension, ...lines) =>
      writeFileSync(join(out, name + extension), `${lines.join('\n')}\n`);
    const compiled = source.replace(/^libs/, './lib').replace(/\.ts$/, '.js');
    write('.js', "'use strict';", `module.exports = require('${compiled}');`);
    write(
      '.mjs',
      `import face from './${name}.js';`,
      `export const { ${values[source].join(', ')} } = face;`,
    );
    write('.d.mts', `export * from './${name}.js';`);
  }
}
