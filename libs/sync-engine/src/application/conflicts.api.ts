import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import type { ChangedView } from '@app/context-store';
import { authorOf, mapPage, type Actor, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { conflictView, type ConflictView } from './finding.view';
import { ListConflicts } from './queries/list-conflicts';
import { DismissConflict } from './requests/dismiss-conflict';
import { RestoreConflict } from './requests/restore-conflict';

/** The open conflicts of an org, for people: every answer is recorded in the audit log. */
@Injectable()
export class ConflictsApi {
  constructor(
    private readonly open: ListConflicts,
    private readonly restores: RestoreConflict,
    private readonly dismissals: DismissConflict,
    private readonly trail: AuditTrail,
  ) {}

  /** Lists the conflicts that are neither restored nor dismissed, newest first. @throws CursorInvalid */
  async conflicts(org: OrgId, page: PageRequest = {}): Promise<Page<ConflictView>> {
    return mapPage(await this.open.execute(org, page), conflictView);
  }

  /** Makes the text that lost the newest, as a new change. @throws ConflictNotFound, ContentInvalid, QuotaExceeded */
  restoreConflict(org: OrgId, id: string, by: Actor): Promise<ChangedView> {
    return this.trail.attempt({ org, action: 'conflict.restore', by, target: id }, (act) =>
      this.restores.execute(org, id, authorOf(by), act),
    );
  }

  /** Keeps the present text; the other one stays in the history of the file. @throws ConflictNotFound */
  dismissConflict(org: OrgId, id: string, by: Actor): Promise<void> {
    return this.trail.attempt({ org, action: 'conflict.dismiss', by, target: id }, (act) =>
      this.dismissals.execute(org, id, act),
    );
  }
}
