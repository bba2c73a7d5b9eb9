import { Injectable } from '@nestjs/common';
import { mapPage, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { AuditLog } from './audit-log.port';
import { auditEntryView, type AuditEntryView } from './audit.view';

/** Shows the administrative acts of an org to its admins. */
@Injectable()
export class AuditApi {
  constructor(private readonly log: AuditLog) {}

  /** Lists every administrative act, newest first. @throws CursorInvalid */
  async list(org: OrgId, page: PageRequest = {}): Promise<Page<AuditEntryView>> {
    return mapPage(await this.log.list(org, page), auditEntryView);
  }
}
