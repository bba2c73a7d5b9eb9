import { EXAMPLE } from '@app/gitlab-sync/http';
import { responsesOf, type Media, type Operation } from './operation';
import { sampleOf, type Schemas } from './samples';

const TEXTS: Record<string, string> = {
  'text/markdown': '# Churn\n\nCustomers who left in the last 30 days.\n',
  'application/yaml': 'tables:\n  - customers\n',
  'text/plain': '# TYPE sync_runs_total counter\nsync_runs_total 3\n',
};

/** Gives each body and answer without an example one that is made of the examples of its fields. */
export function addExamples(operation: Operation & { [EXAMPLE]?: object }, schemas: Schemas): void {
  const { requestBody, [EXAMPLE]: fields } = operation;
  Reflect.deleteProperty(operation, EXAMPLE);
  for (const [, { content }] of responsesOf(operation)) addTo(content, schemas, fields);
  if (requestBody && 'content' in requestBody) addTo(requestBody.content, schemas);
}

function addTo(content: Record<string, Media> = {}, schemas: Schemas, fields?: object): void {
  for (const [type, media] of Object.entries(content)) {
    if (!media.schema || media.example !== undefined || media.examples) continue;
    const sample = TEXTS[type] ?? sampleOf(media.schema, schemas);
    media.example = fields ? Object.assign({}, sample, fields) : sample;
  }
}
