import { applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiProduces, ApiResponse } from '@nestjs/swagger';

/** The extension that carries the fields of `ApiExample` until the document is complete. */
export const EXAMPLE = 'x-example';

/** Sets fields in the example of the answer; the others come from the examples of the DTO. */
export const ApiExample = (fields: object) => ApiExtension(EXAMPLE, fields);

/** Documents a route that answers Server-Sent Events. */
export function ApiEventStream(example: string) {
  const content = { 'text/event-stream': { schema: { type: 'string' }, example } } as const;
  return applyDecorators(
    ApiProduces('text/event-stream'),
    ApiResponse({ status: 200, description: 'The events, until the stream ends', content }),
  );
}
