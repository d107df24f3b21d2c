/** The one class of errors that callers are told about. Anything else that is thrown is our fault: status 500. */
import { type ErrorCode, errorCodes } from './contract/errorCodes.ts';

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

export class DispatcherError extends Error {
  override readonly name = 'DispatcherError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  /** Details fill the message template of the code and travel in the answer, so they hold no secret. */
  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fillTemplate(errorCodes[code].message, details), options);
    this.code = code;
    this.details = details;
  }
}

/** One violated rule of an input: `field` is a dotted path, empty for the input as a whole. */
export const invalidInput = (field: string, rule: string): DispatcherError =>
  new DispatcherError('invalid-input', { field: field === '' ? 'input' : field, rule });

export const notFound = (what: string, id: string | number): DispatcherError =>
  new DispatcherError('not-found', { what, id });

function fillTemplate(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}
