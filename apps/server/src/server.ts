import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import { Authentication } from './auth/authentication';
import { authenticate } from './auth/authenticate.middleware';
import { RateLimit } from './auth/rate-limit';
import { Metrics } from './health/metrics';
import { API, HostModule } from './host.module';
import { bornMessages } from './tuning/born-messages';
import { cors } from './http/cors';
import { serveDocs } from './http/docs';
import { panel } from './http/panel';
import { TimeoutSettings, httpServer } from './http/http-server';
import { securityHeaders } from './http/security-headers';
import { createLog } from './logging/log';
import { NestLog } from './logging/nest-log';
import { requestLog } from './logging/request-log';
import type { ServerSettings } from './settings';

/** Creates the whole service, ready to listen: `main` runs it, and tests call it without a port. */
export async function createServer(settings: ServerSettings): Promise<NestExpressApplication> {
  const log = createLog(settings.logLevel);
  const app = await NestFactory.create<NestExpressApplication>(
    HostModule.forRoot(settings),
    new SiteAdapter(new TimeoutSettings(settings.timeouts)),
    {
      logger: new NestLog(log),
      bodyParser: false,
      abortOnError: false,
      return503OnClosing: true,
      routeConflictPolicy: { duplicate: 'error' },
    },
  );
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustProxy ?? false);
  app.use(requestLog(log), app.get(Metrics).observe, securityHeaders());
  app.use([`/${API}`, '/panel'], cors(settings.panelOrigins ?? []));
  app.use(panel(settings.panelDir));
  app.use(`/${API}`, authenticate(app.get(Authentication), app.get(RateLimit)));
  if (settings.docs !== 'off') serveDocs(app);
  await app.init();
  return app;
}

/** Applies the timeouts for clients. */
class SiteAdapter extends ExpressAdapter {
  private closed?: Promise<unknown>;

  constructor(private readonly timeouts: TimeoutSettings) {
    super();
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    const site = this.getInstance<Express>();
    this.httpServer = httpServer(site, this.timeouts, bornMessages(site));
  }

  /** Accepts no more, and resolves once open requests are answered. A stop calls it first, and Nest again. */
  override close(): Promise<unknown> {
    return (this.closed ??= Promise.resolve(super.close()));
  }
}
