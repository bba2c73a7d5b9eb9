import { Injectable, Logger } from '@nestjs/common';
import { Notifier, type Notice } from './notifier.port';

/** Writes each notice to the log. */
@Injectable()
export class LogNotices extends Notifier {
  private readonly logger = new Logger('notices');

  notify(notice: Notice): void {
    this.logger.log(notice, 'state of the sync changed');
  }
}
