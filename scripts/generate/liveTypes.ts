/** What goes over the WebSocket, as types of the TypeScript client. */
import * as z from 'zod/mini';
import {
  clientMessageSchema,
  eventSchema,
  LIVE_PROTOCOL,
  PING_SECONDS,
  serverMessageSchema,
  TOKEN_PROTOCOL,
  topicNames,
} from '../../shared/contract/consoleEvents.ts';
import { typeOf } from './client.ts';
import type { JsonSchema } from './openapi.ts';

/** Comes behind the operations in `client/src/generated.ts`. */
export function liveSource(): string {
  const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output' = 'output'): JsonSchema =>
    z.toJSONSchema(schema, { io }) as JsonSchema;
  const messages = serverMessageSchema().def.options.map((option) => {
    const schema = schemaOf(option) as { properties: Record<string, JsonSchema> };
    const isEvents = schema.properties['kind']?.['const'] === 'events';
    return isEvents ? "{ readonly kind: 'events'; readonly events: readonly LiveEvent[] }" : typeOf(schema);
  });
  return [
    `export type LiveTopic = ${topicNames.map((name) => `'${name}'`).join(' | ')};`,
    `export type LiveEvent = ${typeOf(schemaOf(eventSchema()))};`,
    `/** What the server says. */\nexport type LiveMessage = ${messages.join(' | ')};`,
    `/** What a client says. */\nexport type LiveRequest = ${typeOf(schemaOf(clientMessageSchema(), 'input'))};`,
    `export const live = ${JSON.stringify({
      protocol: LIVE_PROTOCOL,
      tokenProtocol: TOKEN_PROTOCOL,
      pingSeconds: PING_SECONDS,
    })} as const;`,
    '',
  ].join('\n\n');
}
