import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Response = Exclude<NonNullable<Operation['responses'][string]>, { $ref: string }>;
export type Media = NonNullable<Response['content']>[string];

export const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';

export function jsonBodyOf({ requestBody }: Operation): Media | undefined {
  return requestBody && 'content' in requestBody ? requestBody.content[JSON_TYPE] : undefined;
}

export function problemsOf({ responses }: Operation, status: string): Record<string, unknown> {
  const response = responses[status] as Response | undefined;
  return (response?.content?.[PROBLEM_TYPE]?.examples as Record<string, unknown>) ?? {};
}

export function responsesOf({ responses }: Operation): [status: string, response: Response][] {
  return Object.entries(responses).filter(
    (entry): entry is [string, Response] => !!entry[1] && !('$ref' in entry[1]),
  );
}
