import type { Phrase } from '../say';

/** Place on the page that shows the error of a request. */
export type Place =
  | 'token'
  | 'url'
  | 'form'
  | 'project-choice'
  | 'name'
  | 'project'
  | 'branch'
  | 'webhook'
  | 'button'
  | 'nowhere'
  | 'page';

/** Place in the sync state that shows the error. `late`: a quiet line, only after half a minute. `closed`: a question of its own. */
export type StopPlace = 'banner' | 'closed' | 'quiet' | 'late' | 'worth';

export type LinkName =
  'access-tokens' | 'protected-branches' | 'project-edit' | 'merge-requests' | 'merge-request' | 'repository';

export type ActionName =
  | 'replace-token'
  | 'push'
  | 'pull'
  | 'changed-it'
  | 'other-branch'
  | 'other-project'
  | 'work-branch'
  | 'merge-request'
  | 'review';

export interface FaultWords {
  readonly title: Phrase;
  /** The title behind "Push failed:" in a list of runs, if the title itself names a branch. */
  readonly brief?: Phrase;
  readonly at: Place;
  readonly stop?: StopPlace;
  /** The directions that stop meanwhile; the other direction continues. */
  readonly stops?: 'push' | 'both';
  readonly more?: Phrase;
  /** Place in GitLab. `step` says what to do there, with the place in it, instead of the API's sentence. */
  readonly link?: { readonly to: LinkName; readonly text: Phrase; readonly step?: Phrase };
  readonly actions?: readonly ActionName[];
}

export type Faults = Readonly<Record<string, FaultWords>>;

export const field = (at: Place, title: Phrase): FaultWords => ({ title, at });
