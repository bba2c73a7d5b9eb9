/** What the vault seals an org's GitLab token for. */
export const TOKEN_PURPOSE = 'gitlab-token';
