import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves Swagger UI at `/docs` from local assets, and the document at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  const outline = new DocumentBuilder()
    .setTitle('Dot GitLab Sync')
    .setDescription(
      "Keeps an organisation's context files and one branch of one GitLab project equal, in both directions. " +
        'Press "Authorize" and paste a token: `npm run token -- --org acme --role admin` prints one for local use. ' +
        'Besides the errors named there, any call may return 429 `too_many_requests` or 503 `database_unavailable`, ' +
        'both with `Retry-After`, and 500 `internal`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, outline), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Dot GitLab Sync API',
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true, displayRequestDuration: true },
  });
}
