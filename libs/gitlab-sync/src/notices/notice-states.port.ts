import type { OrgId } from '@app/kernel';

/** Stores whether each org waits for a person, so that only a change is a notice. */
export abstract class NoticeStates {
  /** Returns true to one process only, and only if the state was another one. An unknown org needs no person. */
  abstract change(org: OrgId, needsPerson: boolean): Promise<boolean>;
}
