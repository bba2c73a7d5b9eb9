import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '../instance/calls';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import type { Fault } from '../instance/faults';
import type { Caller } from '../instance/model';
import { Refused } from '../instance/refusal';
import type { Answer } from './response';
import type { Exchange } from './exchange';
import { faultResponse, tooManyRequests } from './fault-response';
import { GraphQLApi } from './graphql/graphql';
import { refusalResponse } from './refusal-response';
import { InvalidJson } from './route';
import { withoutPart } from './lost-part';
import { matchRoute } from './router';
import type { Match } from './router';
import { Throttle, type Allowance } from './throttle';

const REST = '/api/v4';
const GRAPHQL = '/api/graphql';

/** Serves GitLab's REST and GraphQL APIs for one instance: log, faults, limits, authentication, route. */
export class ApiServer {
  private readonly queries: GraphQLApi;
  private readonly throttle: Throttle;

  constructor(private readonly instance: FakeGitLabInstance) {
    this.queries = new GraphQLApi(instance);
    this.throttle = new Throttle(instance);
  }

  async handle(exchange: Exchange): Promise<void> {
    const match = matchOf(exchange);
    const call = callOf(exchange, match);
    const raw = await exchange.body();
    const { calls } = this.instance;
    calls.record(call);
    await calls.before(call);
    const fault = calls.faults.take(call);
    if (fault?.kind === 'reset') return exchange.reset();
    if (fault?.kind === 'latency') await pause(fault.ms);
    const instead = faultResponse(fault, this.instance.clock.now(), exchange.header('content-type') ?? '');
    const allowance = this.throttle.count(tokenOf(exchange) ?? '');
    if (instead && !isLate(fault)) return exchange.send(this.limited(instead, allowance));
    if (allowance.observed > allowance.limit)
      return exchange.send(tooManyRequests(allowance, this.throttle.secondsUntil(allowance)));
    const answer = await this.answer(exchange, match, raw);
    this.instance.jobs.settle();
    await calls.after(call);
    if (fault?.kind === 'answer-lost') return exchange.reset();
    const whole = instead ?? answer;
    const sent = fault?.kind === 'loses-part' ? withoutPart(whole, fault.part) : whole;
    return exchange.send(this.limited(sent, allowance), fault);
  }

  /** Adds the headers of the token's quota, except to a 429: the limit of a single endpoint does not show in them. */
  private limited(answer: Answer, allowance: Allowance): Answer {
    if (answer.status === 429) return answer;
    return { ...answer, headers: { ...this.throttle.headersFor(allowance), ...answer.headers } };
  }

  private async answer(exchange: Exchange, match: Match | undefined, raw: Buffer): Promise<Answer> {
    try {
      if (exchange.path === GRAPHQL) return await this.graphql(exchange, raw);
      return match ? await this.rest(exchange, match, raw) : unknownRoute(exchange);
    } catch (error) {
      if (error instanceof Refused) return refusalResponse(error.refusal, exchange.url.href);
      if (error instanceof InvalidJson)
        return { status: 400, body: { message: 'Invalid json', error: 'Invalid json' } };
      throw error;
    }
  }

  private rest(exchange: Exchange, { route, params }: Match, raw: Buffer): Answer | Promise<Answer> {
    const caller = this.authenticate(exchange, route.operation);
    this.instance.access.demand(caller, route.needs);
    const { method, url } = exchange;
    const contentType = exchange.header('content-type') ?? '';
    const { searchParams: query } = url;
    return route.handle({ instance: this.instance, caller, method, url, params, query, contentType, raw });
  }

  private graphql(exchange: Exchange, raw: Buffer): Answer | Promise<Answer> {
    try {
      return this.queries.answer(this.authenticate(exchange), raw);
    } catch (error) {
      const unknown =
        error instanceof Refused && ['unauthenticated', 'token-invalid'].includes(error.refusal.is);
      if (unknown) return { status: 401, body: { errors: [{ message: 'Invalid token' }] } };
      throw error;
    }
  }

  private authenticate(exchange: Exchange, operation?: string): Caller {
    const { access } = this.instance;
    const own = privateToken(exchange);
    if (own !== undefined) return access.authenticate(own, 'private-token', operation);
    return access.authenticate(tokenOf(exchange), 'bearer', operation);
  }
}

function privateToken(exchange: Exchange): string | undefined {
  return exchange.header('private-token') ?? exchange.url.searchParams.get('private_token') ?? undefined;
}

function tokenOf(exchange: Exchange): string | undefined {
  return privateToken(exchange) ?? /^Bearer (.+)$/i.exec(exchange.header('authorization') ?? '')?.[1];
}

function matchOf({ method, path }: Exchange): Match | undefined {
  if (!path.startsWith(`${REST}/`)) return undefined;
  return matchRoute(method, path.slice(REST.length));
}

function callOf({ method, url, path }: Exchange, match: Match | undefined): Call {
  const projectId = match?.params.id ?? null;
  if (match)
    return {
      operation: match.route.operation,
      route: `${match.route.method} ${match.route.template}`,
      method,
      projectId,
    };
  const isGraphQL = path === GRAPHQL;
  // A GraphQL query is a read, although it is a POST.
  return isGraphQL
    ? { operation: 'readFiles', route: 'POST /api/graphql', method: 'GET', projectId }
    : { operation: 'unknown', route: `${method} ${url.pathname}`, method, projectId };
}

function isLate(fault: Fault | undefined): boolean {
  return fault?.kind === 'server-error' && fault.late === true;
}

function unknownRoute({ path }: Exchange): Answer {
  if (path.startsWith(REST)) return { status: 404, body: { error: '404 Not Found' } };
  return {
    status: 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!DOCTYPE html><html><head><title>Not Found</title></head><body><h1>404: Page not found</h1></body></html>',
  };
}
