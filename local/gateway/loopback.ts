/**
 * The way from the dispatcher's own functions to the gateway's AWS services: the same requests, signed and checked
 * as ever, without a socket in between. Both live in one process, and a thousand nodes that are woken at once are
 * a thousand sends.
 */
import { randomUUID } from 'node:crypto';
import type { RequestCarrier } from '../../shared/queues/connectQueues.ts';
import { type AwsApi, answerSigned } from './awsApi.ts';

/** Functions do not receive, so no long poll is ever to be ended. */
const never = new AbortController().signal;

/** The SDK's bytes warn when they are treated as text, which `Buffer.from` tries first. */
const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string'
    ? Buffer.from(body)
    : new Uint8Array(body.buffer, body.byteOffset, body.byteLength);

export const loopback = (api: AwsApi): RequestCarrier => ({
  async handle({ method, path, headers, body = '' }) {
    const request = { method, path, query: new URLSearchParams(), headers, body: bytesOf(body) };
    const answer = await answerSigned(request, api, randomUUID(), never);
    const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    return {
      response: {
        statusCode: answer.status,
        headers: Object.fromEntries(told),
        body: Buffer.from(answer.body),
      },
    };
  },
});
