/** A part of a text that a rule takes for what should not leave unseen. */
export interface Match {
  readonly reason: 'credential' | 'hidden_control';
  /** What it looks like, e.g. `a GitLab token`. */
  readonly rule: string;
  readonly text: string;
  readonly index: number;
}

/** A well-known form of a credential. */
export interface CredentialRule {
  readonly name: string;
  /**
   * Global, and read in linear time: what a failed attempt reads is short, or no other attempt reads it again.
   * `head` is a part before the match that belongs to it; `secret` is the credential if the match is more than that.
   */
  readonly form: RegExp;
  /** Returns whether it may be a real one; documents are full of examples. */
  readonly isReal: (secret: string) => boolean;
}

/** What people write in place of a token: `glpat-xxxxxxxx`, `AKIA...EXAMPLE`, `<your token>`. */
const isRandom = (secret: string) =>
  new Set(secret.toLowerCase()).size >= 10 && !/example|your|placeholder|x{4}|0{6}|\.{3}|\*{3}/i.test(secret);
const isPassword = (secret: string) =>
  !/^(pass(word|wd|phrase)?|pwd?|secret|token|changeme|example|x+|\*+|\.+|[<{[$%].*)$/i.test(secret);

const token = (name: string, form: RegExp): CredentialRule => ({ name, form, isReal: isRandom });

/** Only well-known forms: people soon release without reading what is held back without need. */
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
  // Begins at the dot, of which each part has one: a header may begin at any `eyJ` of its part.
  token('a JSON web token', /\.(?<=(?<head>\beyJ[\w-]{10,600})\.)eyJ[\w-]{10,2000}\.[\w-]{20,600}/g),
  {
    name: 'a private key',
    form: /-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----\s{1,4}[\w+/=]{16}/g,
    isReal: () => true,
  },
  {
    name: 'a password in a URL',
    // A password that is the user's name is a default of a development set-up.
    form: /(?<![\w+.-])[a-z][a-z\d+.-]{1,20}:\/\/(?<user>[^\s/:@]{1,100}):(?!\k<user>@)(?<secret>[^\s/@]{3,200})@/gi,
    isReal: isPassword,
  },
];

/** Returns what looks like a credential, rule by rule; each distinct one once, where it is first. */
export function credentialsIn(text: string): Match[] {
  return CREDENTIAL_RULES.flatMap((rule) => {
    const distinct = new Map<string, Match>();
    for (const match of matchesOf(rule, text)) if (!distinct.has(match.text)) distinct.set(match.text, match);
    return [...distinct.values()];
  });
}

/** Returns the text with `[redacted]` in the place of each credential. */
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
