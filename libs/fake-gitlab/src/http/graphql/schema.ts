import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Features } from '../../instance/features';

/** The part of GitLab's schema that reads files; older versions lack some of it (docs/gitlab-api.md#graphql-blobs). */
export function schemaFor(features: Features): GraphQLSchema {
  const blobs =
    'blobs(paths: [String!]!, ref: String, refType: RefType, first: Int, after: String): RepositoryBlobConnection';
  return buildSchema(`
    scalar BigInt
    enum RefType { HEADS TAGS }
    type Query { project(fullPath: ID!): Project, currentUser: CurrentUser, metadata: Metadata }
    type CurrentUser { id: ID!, username: String!, name: String! }
    type Metadata { version: String! }
    type Project { id: ID!, name: String!, path: String!, fullPath: ID!, archived: Boolean, repository: Repository }
    type Repository {
      empty: Boolean!, exists: Boolean!, rootRef: String
      ${features.has('graphql-blobs') ? blobs : ''}
    }
    type PageInfo { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
    type RepositoryBlobConnection { nodes: [RepositoryBlob], edges: [RepositoryBlobEdge], pageInfo: PageInfo! }
    type RepositoryBlobEdge { cursor: String!, node: RepositoryBlob }
    type RepositoryBlob {
      id: ID!, oid: String!, name: String, path: String!, mode: String, size: BigInt, rawSize: BigInt
      rawBlob: String, rawTextBlob: String
      ${features.has('graphql-base64') ? 'base64EncodedBlob: String' : ''}
    }
  `);
}
