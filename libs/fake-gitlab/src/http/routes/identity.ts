import { Refused } from '../../instance/refusal';
import { rotate } from '../../instance/token-rotation';
import { noContent, ok } from '../response';
import { tokenEntity, userEntity } from '../entities/accounts';
import { bodyOf } from '../route';
import type { Handler, Route } from '../route';

const NOT_A_PAT = 'This endpoint requires token type to be a personal access token';

const user: Handler = ({ instance, caller }) => ok(userEntity(instance, caller.user));

const self: Handler = ({ instance, caller }) => {
  if (!instance.features.has('token-self'))
    throw new Refused({ is: 'bad-parameter', status: 404, error: '404 Not Found' });
  if (caller.token.kind === 'oauth') throw new Refused({ is: 'bad-request', why: NOT_A_PAT });
  return ok(tokenEntity(instance, caller.token));
};

const rotateSelf: Handler = (request) => {
  const { instance, caller } = request;
  const { expires_at: end } = bodyOf(request);
  const successor = rotate(instance, caller.token, end === undefined ? null : new Date(String(end)));
  return ok({ ...tokenEntity(instance, successor), last_used_at: null, token: successor.value });
};

const revokeSelf: Handler = ({ caller }) => {
  caller.token.revoked = true;
  return noContent;
};

const version: Handler = ({ instance }) => ok({ version: instance.features.version, revision: '0000000' });

const metadata: Handler = ({ instance }) =>
  ok({
    version: instance.features.version,
    revision: '0000000',
    kas: { enabled: false, externalUrl: null, version: null },
    enterprise: false,
  });

const readUser = { scopes: ['api', 'read_api', 'read_user'], permission: 'read_user' };
const readMetadata = { scopes: ['api', 'read_api', 'read_user'], permission: 'read_metadata' };
const mayRotate = { scopes: ['api', 'self_rotate'], permission: 'rotate_personal_access_token' };
const any = { scopes: null, permission: null };

export const identityRoutes: readonly Route[] = [
  { method: 'GET', template: '/user', operation: 'whoAmI', needs: readUser, handle: user },
  { method: 'GET', template: '/personal_access_tokens/self', operation: 'whoAmI', needs: any, handle: self },
  {
    method: 'DELETE',
    template: '/personal_access_tokens/self',
    operation: 'revoke',
    needs: any,
    handle: revokeSelf,
  },
  {
    method: 'POST',
    template: '/personal_access_tokens/self/rotate',
    operation: 'rotateToken',
    needs: mayRotate,
    handle: rotateSelf,
  },
  { method: 'GET', template: '/version', operation: 'version', needs: readMetadata, handle: version },
  { method: 'GET', template: '/metadata', operation: 'version', needs: readMetadata, handle: metadata },
];
