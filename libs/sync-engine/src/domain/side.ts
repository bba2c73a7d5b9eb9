/** The two copies of a file: Dot's is local, GitLab's is remote. */
export type Side = 'local' | 'remote';

/** The name of a side in the HTTP contract, in events, in settings and in tables. */
export type SideName = 'dot' | 'gitlab';

export const nameOfSide = (side: Side): SideName => (side === 'local' ? 'dot' : 'gitlab');

export const sideNamed = (name: SideName): Side => (name === 'dot' ? 'local' : 'remote');
