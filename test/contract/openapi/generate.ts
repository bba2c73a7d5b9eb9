import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';
import { describeApi } from './describe';
import { errorsPage, type DocumentedErrors } from './errors-page';

const ROOT = join(__dirname, '../../..');
const { prettier } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { prettier: object };

/** The committed files that are made of the routes: the document, the types of the client, and the error codes. */
export const DOCUMENT = join(ROOT, 'docs/openapi.json');
export const TYPES = join(ROOT, 'libs/gitlab-sync/src/client/api-types.ts');
export const ERRORS = join(ROOT, 'docs/errors.md');

const NOTE = '// Made of docs/openapi.json by `npm run openapi`; change the routes instead.\n\n';

/** Types need none, and would repeat them as comments. */
const withoutExamples = (key: string, value: unknown): unknown =>
  ['example', 'examples'].includes(key) ? undefined : value;

/** Returns the texts of these files. */
export async function generate(): Promise<{ document: string; types: string; errors: string }> {
  const document = await describeApi();
  const types = astToString(
    await openapiTS(JSON.stringify(document, withoutExamples), { alphabetize: true }),
  );
  return {
    document: await format(JSON.stringify(document), { ...prettier, parser: 'json' }),
    types: await format(NOTE + types, { ...prettier, parser: 'typescript' }),
    errors: await format(errorsPage(document as unknown as DocumentedErrors), {
      ...prettier,
      parser: 'markdown',
    }),
  };
}
