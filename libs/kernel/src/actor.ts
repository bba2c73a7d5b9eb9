/** Who acts: a caller of the API, a person a host speaks for, or the service itself. */
export interface Actor {
  readonly subject: string;
  readonly name: string;
  /** `service`: the service acts by itself. */
  readonly role: 'admin' | 'member' | 'operator' | 'service';
  /** The network address; `-` if the actor has none. */
  readonly address: string;
}
