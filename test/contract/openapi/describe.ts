import { NestFactory } from '@nestjs/core';
import { HostModule } from '../../../apps/server/src/host.module';
import { openApiDocument } from '../../../apps/server/src/openapi/document';
import { serviceSettings } from '../../support/service-settings';

/** Returns the OpenAPI document of the server. In preview Nest creates nothing, so that this needs no database. */
export async function describeApi() {
  const settings = serviceSettings({
    role: 'all',
    databaseUrl: 'postgres://localhost',
    publicUrl: 'http://localhost',
    secret: '',
  });
  const app = await NestFactory.create(HostModule.forRoot(settings), {
    preview: true,
    abortOnError: false,
    logger: ['error'],
  });
  return openApiDocument(app);
}
