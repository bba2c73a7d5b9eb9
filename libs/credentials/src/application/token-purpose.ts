/** The vault purpose under which an org's GitLab token is sealed. */
export const TOKEN_PURPOSE = 'gitlab-token';
