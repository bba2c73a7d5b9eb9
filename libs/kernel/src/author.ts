/** Who made a change, as it will stand in Git. */
export interface Author {
  readonly name: string;
  readonly email: string;
}
