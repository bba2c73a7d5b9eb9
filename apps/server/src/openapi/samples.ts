import type { OpenAPIObject } from '@nestjs/swagger';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
export type Schema = Schemas[string];
type SchemaObject = Exclude<Schema, { $ref: string }>;

/** Returns a value that fits the schema, made of the examples of its fields. */
export function sampleOf(schema: Schema, schemas: Schemas): unknown {
  const plain = resolved(schema, schemas);
  if ('example' in plain) return plain.example as unknown;
  if (plain.enum) return plain.enum[0] as unknown;
  if (plain.allOf) return Object.assign({}, ...plain.allOf.map((part) => sampleOf(part, schemas)));
  if (plain.anyOf) return sampleOf(plain.anyOf[0], schemas);
  if (plain.items) return [sampleOf(plain.items, schemas)];
  if (plain.properties) return sampleOfEach(plain.properties, schemas);
  return valueOf(plain);
}

export function resolved(schema: Schema, schemas: Schemas): SchemaObject {
  return '$ref' in schema
    ? resolved(schemas[schema.$ref.replace('#/components/schemas/', '')], schemas)
    : schema;
}

function sampleOfEach(properties: Record<string, Schema>, schemas: Schemas): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, sampleOf(property, schemas)]),
  );
}

const BY_FORMAT: Record<string, string> = {
  'date-time': '2026-01-01T12:00:00.000Z',
  uuid: '7d1c8e5e-6a0c-4a49-9a2e-2f6c8f0a7a11',
};

function valueOf({ type, format, default: preset }: SchemaObject): unknown {
  if (preset !== undefined) return preset as unknown;
  if (type === 'boolean') return true;
  return BY_FORMAT[format ?? ''] ?? null;
}
