import { createHash } from 'node:crypto';

/** Something in a text that should not leave for GitLab unseen. */
export interface Finding {
  readonly reason: 'credential' | 'hidden_control';
  /** What it looks like, e.g. `a GitLab token`. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** Identifies what was found without revealing it, whatever the file. */
  readonly digest: string;
}

interface Rule {
  readonly reason: Finding['reason'];
  readonly name: string;
  /** Global; bounded, so that no text makes it slow. The group `secret` is it where the match is more than that. */
  readonly form: RegExp;
  /** Whether what was found may be a real one; documents are full of examples. */
  readonly isReal: (secret: string) => boolean;
}

/** What people write in place of a token: `glpat-xxxxxxxx`, `AKIA...EXAMPLE`, `<your token>`. */
const isRandom = (secret: string) =>
  new Set(secret.toLowerCase()).size >= 10 && !/example|your|placeholder|x{4}|0{6}|\.{3}|\*{3}/i.test(secret);
const isPassword = (secret: string) =>
  !/^(pass(word|wd|phrase)?|pwd?|secret|token|changeme|example|x+|\*+|\.+|[<{[$%].*)$/i.test(secret);
const always = () => true;

const token = (name: string, form: RegExp): Rule => ({ reason: 'credential', name, form, isReal: isRandom });

/** Well-known forms alone: what is held back without need is soon released without a look. */
const RULES: readonly Rule[] = [
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
  token('a JSON web token', /\beyJ[\w-]{10,600}\.eyJ[\w-]{10,2000}\.[\w-]{20,600}/g),
  {
    reason: 'credential',
    name: 'a private key',
    form: /-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----\s{1,4}[\w+/=]{16}/g,
    isReal: always,
  },
  {
    reason: 'credential',
    name: 'a password in a URL',
    // A password that is the user's name is a default of a development set-up.
    form: /(?<![\w+.-])[a-z][a-z\d+.-]{1,20}:\/\/(?<user>[^\s/:@]{1,100}):(?!\k<user>@)(?<secret>[^\s/@]{3,200})@/gi,
    isReal: isPassword,
  },
  {
    reason: 'hidden_control',
    name: 'a control character that changes the direction of the text',
    form: /[\u202A-\u202E\u2066-\u2069]/g,
    isReal: always,
  },
  {
    reason: 'hidden_control',
    name: 'invisible text',
    // Flags of regions are written so: a black flag, then letters that do not show.
    form: /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]{0,8})[\u{E0000}-\u{E007F}]+/gu,
    isReal: always,
  },
];

/** Whether a file is held back for something in its text, and so may be released by a person. */
export const isFindingReason = (reason: string): boolean => RULES.some((rule) => rule.reason === reason);

/** In the order of the text. */
export function scanText(content: Buffer): Finding[] {
  const text = content.toString();
  const found = RULES.flatMap((rule) =>
    [...text.matchAll(rule.form)]
      .filter(({ 0: match, groups }) => rule.isReal(groups?.secret ?? match))
      .map(({ 0: match, index }) => ({ rule, match, index })),
  ).sort((one, other) => one.index - other.index);
  const lines = linesAt(
    text,
    found.map(({ index }) => index),
  );
  return found.map(({ rule: { reason, name }, match }, i) => ({
    reason,
    rule: name,
    line: lines[i],
    digest: createHash('sha256').update(`${name}\0${match}`).digest('hex'),
  }));
}

/** The line of each position, which ascend; the text is read once. */
function linesAt(text: string, positions: readonly number[]): number[] {
  let [line, newline] = [1, text.indexOf('\n')];
  return positions.map((position) => {
    for (; newline !== -1 && newline < position; newline = text.indexOf('\n', newline + 1)) line++;
    return line;
  });
}
