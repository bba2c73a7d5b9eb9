import type { CallOptions, GitLab, Repo } from '@app/gitlab';
import type { FakeGitLabInstance, FileSpec } from '@app/fake-gitlab';

/** A commit that is in no repository. */
export const NOWHERE = 'f'.repeat(40);

/** A teammate's commit with git, of which Dot gets no notice. */
export interface Push {
  readonly files?: Readonly<Record<string, FileSpec>>;
  readonly rename?: Readonly<Record<string, string>>;
}

/** A GitLab to be held to the contract, with a project of our own in it. */
export interface Subject {
  readonly gitlab: GitLab;
  /** A project whose branch holds only `README.md`. */
  readonly repo: Repo;
  /** A project without any commit. */
  readonly emptyRepo: Repo;
  /** A commit by somebody else; answers its id. */
  push(change: Push): Promise<string>;
  /** Points the branch at a commit, as a force push does. */
  reset(commit: string): Promise<void>;
  dispose(): Promise<void>;
}

/** A subject whose instance we administer: rights, tokens, settings and faults can be arranged. */
export interface AdministeredSubject extends Subject {
  readonly instance: FakeGitLabInstance;
  /** The same instance seen with another token. */
  open(token: string, options?: CallOptions): GitLab;
}

export type Arrange<S extends Subject = Subject> = () => Promise<S>;
