const MOST_CHARACTERS = 72;
const TYPES = ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'];
const FORM = new RegExp(`^(?:${TYPES.join('|')})(?:\\([a-z0-9-]+\\))?!?: (?<summary>\\S.*)$`);

/** Words that begin a description of a state, not an order. */
const NO_VERBS = new Set([
  ...['a', 'an', 'the', 'this', 'that', 'these', 'those', 'it', 'its', 'we', 'our', 'what', 'who', 'how'],
  ...['when', 'where', 'which', 'whoever', 'nothing', 'nobody', 'no', 'one', 'two', 'each', 'every', 'all'],
  ...['some', 'any', 'more', 'new', 'also', 'now', 'only'],
]);
/** Verbs whose base form looks like another form. */
const BASE_FORMS =
  /^(?:embed|exceed|feed|heed|need|proceed|seed|shed|speed|succeed|weed|bring|ping|ring|string|focus|bias|alias|canvas|.*ss)$/;
const OTHER_FORMS = /(?:ed|ing|s)$/;

/** Returns the faults of a commit's subject, which is conventional, imperative and short. */
export function flawsOf(subject: string): string[] {
  const summary = FORM.exec(subject)?.groups?.summary;
  if (!summary) return [`begin with a type, as in "fix(webhooks): refuse …"; types: ${TYPES.join(', ')}`];
  const [verb] = /^[\w-]*/.exec(summary)!;
  return [
    ...(subject.length > MOST_CHARACTERS ? [`keep it within ${MOST_CHARACTERS} characters`] : []),
    ...(isImperative(verb) ? [] : [`say what the commit does in the imperative, not "${verb} …"`]),
    ...(summary.endsWith('.') ? ['leave out the full stop'] : []),
  ];
}

function isImperative(verb: string): boolean {
  if (!/^[a-z][a-z-]*$/.test(verb) || NO_VERBS.has(verb)) return false;
  return BASE_FORMS.test(verb) || !OTHER_FORMS.test(verb);
}
