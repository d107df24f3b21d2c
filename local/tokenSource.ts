import { randomFillSync } from 'node:crypto';

/** Beyond what anybody can guess. */
const TOKEN_BYTES = 18;
const TOKENS_AT_ONCE = 256;

/** Makes tokens that cannot be guessed. Randomness is fetched for many at once: each call costs as much as a write. */
export function tokenSource(): () => string {
  const bytes = Buffer.alloc(TOKEN_BYTES * TOKENS_AT_ONCE);
  let used = bytes.length;
  return () => {
    if (used === bytes.length) {
      randomFillSync(bytes);
      used = 0;
    }
    used += TOKEN_BYTES;
    return bytes.toString('base64url', used - TOKEN_BYTES, used);
  };
}
