import { Injectable, Logger, type CallHandler, type ExecutionContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { catchError, mergeMap, type Observable } from 'rxjs';
import { Clock, DatabaseUnavailable, DomainError, orgId, type OrgId } from '@app/kernel';
import { AuditLog } from './audit-log.port';
import { actOf, type Act } from './act';
import type { AuthenticatedRequest, Caller } from './caller';

type AuditedRequest = AuthenticatedRequest & {
  params: { org: string; id?: string };
  body: unknown;
};

interface Failure {
  readonly error: unknown;
}

const LONGEST = 200;

/** Writes down every `@Audited` act before it is answered: what was done, what failed, and what `AccessGuard` refused. */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger('audit');

  constructor(
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const act = actOf(context);
    const request = context.switchToHttp().getRequest<AuditedRequest>();
    if (!act) return next.handle();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const target = act.targetOf ? act.targetOf(answer, request.body) : (request.params.id ?? null);
        await this.write(act, request, target, null);
        return answer;
      }),
      catchError(async (error: unknown) => {
        await this.write(act, request, request.params.id ?? null, { error });
        throw error;
      }),
    );
  }

  async refused(context: ExecutionContext, refusal: DomainError): Promise<void> {
    const act = actOf(context);
    const request = context.switchToHttp().getRequest<AuditedRequest>();
    if (!act || refusal.kind === 'unauthenticated') return; // it is not known who tried
    await this.write(act, request, request.params.id ?? null, { error: refusal });
  }

  /** What could not be written down is in the log of the process instead: the act itself is done, or met a database that was away. */
  private async write(act: Act, request: AuditedRequest, target: string | null, failure: Failure | null) {
    const { caller, params } = request;
    if (!caller) return;
    const { subject, author, role, address } = caller;
    const did = {
      at: this.clock.now(),
      actor: { subject: plain(subject), name: plain(author.name), role },
      action: act.action,
      target: target === null ? null : plain(target),
      from: address,
      result: failure ? codeOf(failure.error) : 'ok',
    };
    if (failure?.error instanceof DatabaseUnavailable)
      return this.logger.warn(did, 'an act met a database that is away; it is not in the audit log');
    try {
      await this.log.add({ id: randomUUID(), org: orgOf(caller, params.org), ...did });
    } catch (error) {
      this.logger.error({ err: error, ...did }, 'an act could not be written to the audit log');
    }
  }
}

/** An attempt on another org stands in the caller's own log: nobody writes into the log of a stranger. */
function orgOf(caller: Caller, inPath: string): OrgId {
  return caller.org ?? orgId(inPath);
}

/** Whatever a token or a path may hold: PostgreSQL takes no NUL, and nobody reads more. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '').slice(0, LONGEST);
}

function codeOf(error: unknown): string {
  return error instanceof DomainError || error instanceof DatabaseUnavailable ? error.code : 'internal';
}
