import { Kind, valueFromASTUntyped } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * How complex GitLab takes a query to be: 1 for each field, for `blobs` 1 for each path and 1 for asking Gitaly on top, and
 * a connection counts twice because a whole page may come.
 */
export function complexityOf(document: DocumentNode, variables: Variables): number {
  const fragments = fragmentsOf(document);
  const cost = (selection: SelectionSetNode | undefined): number =>
    fieldsOf(selection, fragments).reduce((sum, field) => {
      const inner = cost(field.selectionSet);
      if (field.name.value !== 'blobs') return sum + 1 + inner;
      return sum + 2 * (inner + 2 + pathsOf(field, variables));
    }, 0);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operations.reduce((sum, { selectionSet }) => sum + cost(selectionSet), 0);
}

/** The names of all fields asked for below a field. */
export function namesBelow(field: FieldNode, fragments: Fragments): Set<string> {
  const names = new Set<string>();
  for (const child of fieldsOf(field.selectionSet, fragments)) {
    names.add(child.name.value);
    for (const name of namesBelow(child, fragments)) names.add(name);
  }
  return names;
}

function fragmentsOf(document: DocumentNode): Fragments {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function fieldsOf(selection: SelectionSetNode | undefined, fragments: Fragments): FieldNode[] {
  return (selection?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    return fieldsOf(inner?.selectionSet, fragments);
  });
}

function pathsOf(field: FieldNode, variables: Variables): number {
  const argument = field.arguments?.find(({ name }) => name.value === 'paths');
  const paths = argument && valueFromASTUntyped(argument.value, { ...variables });
  return Array.isArray(paths) ? paths.length : 1;
}
