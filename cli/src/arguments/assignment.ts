/** `NAME=value` on the command line, which may be repeated. */
import { InvalidArgumentError } from 'commander';

/** Adds one; the last of a name counts. A value may hold further equals signs. */
export function parseAssignment(
  text: string,
  before: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be such as NAME=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
