/** What the action log keeps of an input: enough to see what was asked, nothing that is secret, nothing that is long. */

const SECRET_NAME = /passw|secret|token|credential|private.?key|^(authorization|state|callback)$/i;
/** Names and addresses in texts such as command lines. */
const SECRET_IN_TEXT = /((?:passw\w*|secret|token)["']?\s*[=:]\s*["']?)[^\s"']+/gi;
const LOGIN_IN_ADDRESS = /(\/\/)[^/\s@]+@/g;
/** The most that is kept of one text, such as code that a node is to run. */
const TEXT_CHARACTERS = 80;

/** One line of JSON; a request token is left out, since it says nothing of what was asked. */
export function summarizeInput(input: Readonly<Record<string, unknown>>): string {
  const { requestToken: _, ...rest } = input;
  return JSON.stringify(rest, (name, value: unknown) => {
    if (SECRET_NAME.test(name) && value !== null && typeof value !== 'boolean') return '***';
    return typeof value === 'string' ? shortened(value) : value;
  });
}

function shortened(text: string): string {
  const clean = text.replace(SECRET_IN_TEXT, '$1***').replace(LOGIN_IN_ADDRESS, '$1***@');
  return clean.length <= TEXT_CHARACTERS
    ? clean
    : `${clean.slice(0, TEXT_CHARACTERS).toWellFormed()}… (${text.length} characters)`;
}

/** As much of a text as fits into so many bytes; a cut is shown. */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const room = Math.max(0, bytes - Buffer.byteLength('…'));
  // A character that is cut in two is left out.
  const kept = new TextDecoder().decode(Buffer.from(text).subarray(0, room), { stream: true });
  return `${kept}…`;
}
