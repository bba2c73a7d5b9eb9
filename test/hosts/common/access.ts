import {
  Catch,
  HttpException,
  Injectable,
  SetMetadata,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CallerSource, orgId, type Caller } from '@dot/gitlab-sync';
import type { Request, Response } from 'express';

interface User {
  readonly org: string;
  readonly role: 'admin' | 'member';
  readonly name: string;
}

type UserRequest = Request & { user?: User };

const PUBLIC = 'host:public';
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC, true);

/** The host's authentication: `Authorization: Host acme:admin:ada`. It knows nothing of organisations in paths. */
@Injectable()
export class HostGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<UserRequest>();
    const [, org, role, name] =
      /^Host (\w+):(admin|member):(\w+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (!org || !name || (role !== 'admin' && role !== 'member')) return false;
    request.user = { org, role, name };
    return true;
  }
}

@Injectable()
export class HostCallers extends CallerSource {
  override callerOf(request: object): Caller | null {
    const { user, ip } = request as UserRequest;
    if (!user) return null;
    const { org, role, name } = user;
    const author = { name, email: `${name}@example.com` };
    return { subject: name, role, org: orgId(org), author, address: ip ?? '-' };
  }
}

/** The host answers its errors in its own form. */
@Catch()
export class HostFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const status = error instanceof HttpException ? error.getStatus() : 500;
    host.switchToHttp().getResponse<Response>().status(status).json({ host: 'says no', status });
  }
}
