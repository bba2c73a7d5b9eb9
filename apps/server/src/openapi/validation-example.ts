import { jsonBodyOf, problemsOf, type Operation } from './operation';
import { resolved, type Schema, type Schemas } from './samples';

const EXPECTED: Record<string, string> = {
  string: 'must be a string',
  boolean: 'must be a boolean value',
  number: 'must be an integer number',
  array: 'must be an array',
  object: 'must be an object',
};

/** Names a field of the operation itself in the example of `validation_failed`. */
export function withValidationExample(operation: Operation, schemas: Schemas): void {
  const { validation_failed: example } = problemsOf(operation, '400') as {
    validation_failed?: { value: object };
  };
  if (!example) return;
  const [field, detail] = faultOf(operation, schemas);
  example.value = {
    ...example.value,
    detail: `Correct ${field} and send the request again.`,
    errors: [{ field, detail: `${field} ${detail}` }],
  };
}

function faultOf(operation: Operation, schemas: Schemas): [field: string, detail: string] {
  const body = jsonBodyOf(operation)?.schema;
  const [property] = body ? Object.entries(resolved(body, schemas).properties ?? {}) : [];
  if (property) return [property[0], expectedOf(property[1], schemas)];
  const names = (operation.parameters ?? []).flatMap((one) =>
    'in' in one && one.in === 'query' ? one.name : [],
  );
  if (names.includes('limit')) return ['limit', 'must not be greater than 200'];
  return [names[0] ?? 'org', 'must be a string'];
}

function expectedOf(schema: Schema, schemas: Schemas): string {
  const { type } = resolved(schema, schemas);
  return EXPECTED[[type ?? 'object'].flat()[0]] ?? EXPECTED.string;
}
