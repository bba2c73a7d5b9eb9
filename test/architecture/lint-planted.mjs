// Reads [{file, code}] from stdin and prints, for each, what the project's own lint says about its imports and globals.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
  overrideConfigFile: 'test/architecture/eslint.config.mjs',
  overrideConfig: { files: ['**/*.{ts,tsx}'], ...tseslint.configs.disableTypeChecked },
});

const planted = JSON.parse(await text(process.stdin));
const results = await Promise.all(planted.map(({ file, code }) => eslint.lintText(code, { filePath: file })));
console.log(
  JSON.stringify(results.map(([{ messages }]) => messages.map(({ ruleId, message }) => ruleId ?? message))),
);
