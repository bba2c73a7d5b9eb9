import { execute, GraphQLError, parse, validate } from 'graphql';
import type { DocumentNode, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { READ_SCOPES } from '../../instance/access';
import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { fullPath } from '../../instance/model';
import type { Caller, Project } from '../../instance/model';
import { Refused } from '../../instance/refusal';
import type { Answer } from '../response';
import { parseJson } from '../route';
import { resolveBlobs } from './blobs';
import type { BlobsArguments } from './blobs';
import { complexityOf, namesBelow } from './cost';
import { schemaFor } from './schema';

/** `POST /api/graphql`: what is wrong with a query comes with status 200 (docs/gitlab-api.md#graphql-blobs). */
export class GraphQLApi {
  private readonly schema: GraphQLSchema;

  constructor(private readonly instance: FakeGitLabInstance) {
    this.schema = schemaFor(instance.features);
  }

  async answer(caller: Caller, raw: Buffer): Promise<Answer> {
    this.instance.access.demand(caller, { scopes: READ_SCOPES, permission: 'read_repository_blob' });
    const { query = '', variables = {} } = parseJson(raw);
    const given = variables as Readonly<Record<string, unknown>>;
    try {
      return { status: 200, body: await this.run(caller, String(query), given) };
    } catch (error) {
      if (error instanceof GraphQLError) return { status: 200, body: { errors: [error] } };
      throw error;
    }
  }

  private async run(
    caller: Caller,
    query: string,
    variableValues: Readonly<Record<string, unknown>>,
  ): Promise<object> {
    const { schema, instance } = this;
    const document = parse(query);
    const wrong = validate(schema, document).map(inGitLabsWords);
    const errors = [...wrong, ...tooComplex(instance, document, variableValues)];
    if (errors.length) return { errors };
    return execute({ schema, document, variableValues, rootValue: rootOf(instance, caller) });
  }
}

function rootOf(instance: FakeGitLabInstance, caller: Caller) {
  const { user } = caller;
  return {
    project: ({ fullPath: path }: { fullPath: string }) =>
      projectNode(instance, readable(instance, caller, path)),
    currentUser: { id: `gid://gitlab/User/${user.id}`, username: user.username, name: user.name },
    metadata: { version: instance.features.version },
  };
}

/** A path leads to its project as it is now; a former path, or no right to read, to null. */
function readable(instance: FakeGitLabInstance, caller: Caller, path: string): Project | null {
  try {
    const project = instance.access.code(caller, path);
    return fullPath(project) === path ? project : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

function projectNode(instance: FakeGitLabInstance, project: Project | null): object | null {
  if (!project) return null;
  const { repository } = project;
  return {
    id: `gid://gitlab/Project/${project.id}`,
    name: project.name,
    path: project.path,
    fullPath: fullPath(project),
    archived: project.archived,
    repository: {
      empty: repository.empty,
      exists: true,
      rootRef: repository.defaultBranch,
      blobs: (wanted: BlobsArguments, _context: unknown, { fieldNodes, fragments }: GraphQLResolveInfo) => {
        const names = namesBelow(fieldNodes[0], new Map(Object.entries(fragments)));
        return resolveBlobs(repository, instance.settings, wanted, names);
      },
    },
  };
}

function tooComplex(
  { settings }: FakeGitLabInstance,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): { message: string }[] {
  const cost = complexityOf(document, variables);
  if (cost <= settings.graphqlComplexity) return [];
  return [
    {
      message: `Query has complexity of ${cost}, which exceeds max complexity of ${settings.graphqlComplexity}`,
    },
  ];
}

/** GitLab's library words an unknown field in another way than the one used here. */
function inGitLabsWords(error: GraphQLError): object {
  const unknown = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  if (!unknown) return error;
  const [, fieldName, typeName] = unknown;
  return {
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
    locations: error.locations,
    extensions: { code: 'undefinedField', typeName, fieldName },
  };
}
