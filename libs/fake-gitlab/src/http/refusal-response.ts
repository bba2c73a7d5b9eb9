import type { Refusal } from '../instance/refusal';
import type { Answer } from './response';

const NEEDS_MORE = 'The request requires higher privileges than provided by the access token.';
const TOKEN_TROUBLE = {
  expired: 'Token is expired. You can either do re-authorization or token refresh.',
  revoked: 'Token was revoked. You have to re-authorize from the user.',
};

/** One refusal as GitLab writes it (docs/gitlab-api.md#error-bodies, #refused-tokens). */
export function refusalResponse(refusal: Refusal, url: string): Answer {
  switch (refusal.is) {
    case 'unauthenticated':
      return message(401, '401 Unauthorized');
    case 'token-invalid':
      return tokenInvalid(TOKEN_TROUBLE[refusal.why]);
    case 'scope-missing':
      return {
        status: 403,
        body: { error: 'insufficient_scope', error_description: NEEDS_MORE, scope: refusal.needed.join(' ') },
      };
    case 'permission-missing':
      return permissionMissing(refusal.permission);
    case 'forbidden':
      return message(403, refusal.why ? `403 Forbidden - ${refusal.why}` : '403 Forbidden');
    case 'not-found':
      return message(404, refusal.what ? `404 ${refusal.what} Not Found` : '404 Not found');
    case 'moved':
      return moved(refusal.projectId, url);
    case 'bad-request':
      return message(400, `400 Bad request - ${refusal.why}`);
    case 'bad-parameter':
      return { status: refusal.status, body: { error: refusal.error } };
    case 'commit-refused':
      return message(400, refusal.said);
    case 'invalid':
      return message(refusal.status, refusal.attributes);
    case 'message':
      return message(refusal.status, refusal.message);
  }
}

function message(status: number, said: string | object): Answer {
  return { status, body: { message: said } };
}

function tokenInvalid(description: string): Answer {
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="Protected by OAuth 2.0", error="invalid_token"` },
    body: { error: 'invalid_token', error_description: description },
  };
}

/** `read_repository_tree` is shown as `Repository Tree: Read`. */
function permissionMissing(permission: string): Answer {
  const [verb, ...resource] = permission.split('_').map((word) => word[0].toUpperCase() + word.slice(1));
  const description =
    'Access denied: This operation requires a fine-grained personal access token with the following project permissions: ' +
    `[${resource.join(' ')}: ${verb}].`;
  return { status: 403, body: { error: 'insufficient_granular_scope', error_description: description } };
}

/** The new place keeps the rest of the URL. */
function moved(projectId: number, url: string): Answer {
  const location = url.replace(/\/projects\/[^/?]+/, `/projects/${projectId}`);
  return {
    status: 301,
    headers: { location, 'content-type': 'text/html' },
    body: `This resource has been moved permanently to ${location}`,
  };
}
