import type { OnModuleDestroy } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** A server waits for its open answers when it closes; event streams have no end of their own, so they are ended here. */
export class OpenStreams implements OnModuleDestroy {
  private readonly open = new Set<Response>();

  readonly watch = (_request: Request, response: Response, next: NextFunction): void => {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
    next();
  };

  onModuleDestroy(): void {
    for (const response of this.open) {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end();
    }
  }
}
