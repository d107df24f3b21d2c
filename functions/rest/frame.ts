/** The frame that the reference puts around every answer. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { errorCodes } from '../../shared/contract/errorCodes.ts';
import type { DispatcherError } from '../../shared/errors.ts';
import { json } from '../../shared/http/exchange.ts';
import type { Clock } from '../../shared/model/clock.ts';
import type { RefusedError } from './callOperation.ts';

/** The HTTP status says the same as the frame: clients look at either. */
const framed = (
  clock: Clock,
  status: number,
  description: string,
  data: Readonly<Record<string, unknown>>,
): APIGatewayProxyStructuredResultV2 =>
  json(status, {
    ResponseStatus: { Code: status, Time: Math.floor(clock.now() / 1_000), Description: description },
    ResponseData: data,
  });

export const frame = (
  clock: Clock,
  data: Readonly<Record<string, unknown>>,
): APIGatewayProxyStructuredResultV2 => framed(clock, 200, 'No error', data);

/** The reference has one code for whatever is wrong with a request. */
export function refusalFrame(
  clock: Clock,
  error: DispatcherError | RefusedError,
): APIGatewayProxyStructuredResultV2 {
  const status = 'status' in error ? error.status : errorCodes[error.code].status;
  return framed(clock, status === 422 ? 400 : status, error.message, { code: error.code });
}
