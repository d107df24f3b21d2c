/** Keys of hooks: what a hook does twice, it does once under one key. */
import type { ChunkGateMessage, HookMessage } from '../contract/queueMessages.ts';
import { transitionKey } from './jobHooks.ts';

/** The identity of one question about one chunk. */
export const chunkHookKey = (
  { jobId, generation, occasion, hook }: ChunkGateMessage,
  index: number,
): string => `${jobId}:${generation}:${index}:${occasion}:${hook}`;

/** The identity of one hook for one transition, or for one minute of its template. */
export function hookKey(message: Exclude<HookMessage, ChunkGateMessage>): string {
  const { hook } = message;
  if ('state' in message) return transitionKey(message.state, hook);
  if ('minute' in message) return `${message.templateId}:${message.minute}:${hook}`;
  return `${message.jobId}:${message.occasion}:${hook}`;
}
