/** A part of a text that a rule matches and that must not leave unnoticed. */
export interface Match {
  readonly reason: 'credential' | 'hidden_control';
  /** Kind of the match, e.g. `a GitLab token`. */
  readonly rule: string;
  readonly text: string;
  readonly index: number;
}

/** A well-known form of a credential. */
export interface CredentialRule {
  readonly name: string;
  /**
   * Global, with linear running time: a failed attempt reads little, or no other attempt reads the same again. The
   * group `head` belongs to the credential but precedes the match; `secret` is the credential if the match is longer.
   */
  readonly form: RegExp;
  /** Returns whether the secret may be a real one: documents are full of examples. */
  readonly isReal: (secret: string) => boolean;
}

/** Rejects placeholders of people: `glpat-xxxxxxxx`, `AKIA...EXAMPLE`, `<your token>`. */
const isRandom = (secret: string) =>
  new Set(secret.toLowerCase()).size >= 10 && !/example|your|placeholder|x{4}|0{6}|\.{3}|\*{3}/i.test(secret);
const isPassword = (secret: string) =>
  !/^(pass(word|wd|phrase)?|pwd?|secret|token|changeme|example|x+|\*+|\.+|[<{[$%].*)$/i.test(secret);

const token = (name: string, form: RegExp): CredentialRule => ({ name, form, isReal: isRandom });

/** Only well-known forms: after false alarms people release files without reading them. */
export const CREDENTIAL_RULES: readonly CredentialRule[] = [
  token('a GitLab token', /\bgl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\w-]{20,300}/g),
  token('a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{60,255})/g),
  token('an AWS access key', /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g),
  token('a Google API key', /\bAIza[\w-]{35}/g),
  token('a Slack token', /\bxox[abeoprs]-[\w-]{10,250}/g),
  token('a Slack webhook', /\bhooks\.slack\.com\/services\/T\w{5,20}\/B\w{5,20}\/\w{20,40}/g),
  token('a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{20,250}/g),
  token('an AI provider key', /\bsk-(?:proj|ant|svcacct|or)-[\w-]{20,300}/g),
  token('a Hugging Face token', /\bhf_[A-Za-z0-9]{30,60}\b/g),
  token('an npm token', /\bnpm_[A-Za-z0-9]{36}\b/g),
  token('a SendGrid key', /\bSG\.[\w-]{22}\.[\w-]{43}/g),
  token('a Databricks token', /\bdapi[\da-f]{32}\b/g),
  // Starts at the dot, of which each part has one. A header could start at any `eyJ` of its part.
  token('a JSON web token', /\.(?<=(?<head>\beyJ[\w-]{10,600})\.)eyJ[\w-]{10,2000}\.[\w-]{20,600}/g),
  {
    name: 'a private key',
    form: /-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----\s{1,4}[\w+/=]{16}/g,
    isReal: () => true,
  },
  {
    name: 'a password in a URL',
    // Starts at the colon, which is rarer than a letter. A password that equals the user's name is a default of a development set-up.
    form: /:\/\/(?<=(?<![\w+.-])(?<head>[a-z][a-z\d+.-]{1,20}):\/\/)(?<user>[^\s/:@]{1,100}):(?!\k<user>@)(?<secret>[^\s/@]{3,200})@/gi,
    isReal: isPassword,
  },
];

/** Returns the matches, rule by rule; each distinct one once, at its first position. */
export function credentialsIn(text: string): Match[] {
  return CREDENTIAL_RULES.flatMap((rule) => {
    const distinct = new Map<string, Match>();
    for (const match of matchesOf(rule, text)) if (!distinct.has(match.text)) distinct.set(match.text, match);
    return [...distinct.values()];
  });
}

/** Returns the text with `[redacted]` in place of each credential. */
export function withoutCredentials(text: string): string {
  const found = CREDENTIAL_RULES.flatMap((rule) => [...matchesOf(rule, text)]);
  let [kept, end] = ['', 0];
  for (const match of found.sort((one, other) => one.index - other.index)) {
    if (match.index >= end) kept += `${text.slice(end, match.index)}[redacted]`;
    end = Math.max(end, match.index + match.text.length);
  }
  return kept + text.slice(end);
}

function* matchesOf({ name, form, isReal }: CredentialRule, text: string): Generator<Match> {
  let end = 0;
  for (const { 0: matched, groups, index: at } of text.matchAll(form)) {
    const whole = (groups?.head ?? '') + matched;
    const index = at + matched.length - whole.length;
    if (index < end) continue;
    end = at + matched.length;
    if (isReal(groups?.secret ?? whole)) yield { reason: 'credential', rule: name, text: whole, index };
  }
}
