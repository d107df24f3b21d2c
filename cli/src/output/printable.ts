/**
 * Text of other people — names, messages, notes — made safe to print: a control character in it could move the
 * cursor, recolour the screen or overwrite what stands above, and a bidirectional one reorders the line.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\r\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}\u{FEFF}]/gu, picture);
}

/** The Unicode picture of a control character, such as ␛ for escape; the others have none. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u{2421}' : '\u{FFFD}';
}

/** JSON in which those characters are escaped, which means the same to whoever parses it. */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
