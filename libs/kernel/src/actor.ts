/** Performs an act: a caller of the API, a person for whom a host calls, or the service itself. */
export interface Actor {
  readonly subject: string;
  readonly name: string;
  /** `service` means that the service acts without a request. */
  readonly role: 'admin' | 'member' | 'operator' | 'service';
  /** The network address; `-` if the actor has none. */
  readonly address: string;
}
