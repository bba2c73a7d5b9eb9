/** Names the author of a change, as Git records it. */
export interface Author {
  readonly name: string;
  readonly email: string;
}
