import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completed } from './complete';

const TAGS = {
  Status: 'The state of the sync of an organisation.',
  Connection: 'The token that connects an organisation with GitLab.',
  Project: 'The project, the branch and the directories to sync.',
  Sync: 'Push, pull, preview; runs, files and conflicts.',
  Webhooks: "GitLab's deliveries, and the webhook that sends them.",
  Notifications: 'Messages to people when the state of the sync changes.',
  Context: 'The files, their history and changes to them.',
  Audit: 'Who did what.',
  Probes: 'For operators; no token is needed.',
} as const;

/** Describes every route of the app: the document that is served, committed, and turned into the types of the client. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Dot GitLab Sync')
    .setDescription(
      "Keeps an organisation's context files and one branch of one GitLab project equal, in both directions. " +
        'Press "Authorize" and paste a token: `npm run token -- --org acme --role admin` prints one for local use. ' +
        'Errors are `application/problem+json`: programs may rely on `code`, `detail` says what to do next.',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This server')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'A token of the organisation in the path',
    });
  for (const [name, description] of Object.entries(TAGS)) outline.addTag(name, description);
  const document = SwaggerModule.createDocument(app, outline.build(), {
    operationIdFactory: (_controller, method) => method,
  });
  return completed(document);
}
