import type { Author } from './author';

/** Performs an act: a caller of the API, a person for whom a host calls, or the service itself. */
export interface Actor {
  readonly subject: string;
  readonly name: string;
  /** The address in the commits of the actor; made of `subject` if absent. */
  readonly email?: string;
  /** `service` means that the service acts without a request. */
  readonly role: 'admin' | 'member' | 'operator' | 'service';
  /** The network address; `-` if the actor has none. */
  readonly address: string;
}

/** Returns the actor as the author of a commit. */
export function authorOf({ name, email, subject }: Actor): Author {
  return { name, email: email ?? `${localPart(subject)}@dot.invalid` };
}

function localPart(subject: string): string {
  const letters = subject.replace(/[^A-Za-z0-9._+-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return letters.slice(0, 64) || 'user';
}
