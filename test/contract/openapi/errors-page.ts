/** The parts of the OpenAPI document that name errors. */
export interface DocumentedErrors {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        readonly operationId: string;
        readonly responses: Record<string, { readonly content?: Record<string, Media> }>;
      }
    >
  >;
  readonly components: { readonly examples: Record<string, { readonly value: Problem }> };
}

interface Problem {
  readonly code: string;
  readonly detail: string;
}

interface Media {
  readonly examples?: Record<string, { readonly value: Problem } | { readonly $ref: string }>;
}

interface Documented {
  readonly status: string;
  readonly detail: string;
  readonly operations: string[];
}

/** Operations that a row lists by name; more are counted. */
const MOST_NAMED = 4;

const HEAD = `# Error codes

<!-- Made of docs/openapi.json by \`npm run openapi\`; change the code instead. -->

A refused call is answered with \`application/problem+json\` (RFC 9457): \`{type, title, status, code, detail, errors?}\`. Programs
decide by \`code\`, which stays the same; people read \`detail\`, which says the next step and differs from case to case. A refused
call changes nothing. [Troubleshooting](troubleshooting.md) explains every code, also those that only runs and files have.

| code | status | \`detail\`, for example | operations |
| --- | --- | --- | --- |
`;

/** Writes the reference of all error codes that a call may be answered with. */
export function errorsPage({ paths, components }: DocumentedErrors): string {
  const errors = new Map<string, Documented>();
  for (const { operationId, responses } of Object.values(paths).flatMap((methods) => Object.values(methods)))
    for (const [status, { content = {} }] of Object.entries(responses))
      for (const example of Object.values(content['application/problem+json']?.examples ?? {})) {
        const { value } = 'value' in example ? example : components.examples[example.$ref.split('/').at(-1)!];
        const known = errors.get(value.code) ?? { status, detail: value.detail, operations: [] };
        errors.set(value.code, known);
        if (!known.operations.includes(operationId)) known.operations.push(operationId);
      }
  const rows = [...errors]
    .sort(([a, one], [b, other]) => Number(one.status) - Number(other.status) || (a < b ? -1 : 1))
    .map(([code, { status, detail, operations }]) => {
      const named = operations.length > MOST_NAMED ? `${operations.length} operations` : namesOf(operations);
      return `| \`${code}\` | ${status} | ${detail.replaceAll('|', '\\|')} | ${named} |`;
    });
  return `${HEAD}${rows.join('\n')}\n`;
}

const namesOf = (operations: readonly string[]): string => operations.map((name) => `\`${name}\``).join(', ');
