/** What is written most: numbers and texts between a least and a most. */
import * as z from 'zod/mini';

export function boundedInt(minimum: number, maximum?: number): z.ZodMiniNumberFormat {
  return z.int().check(...bounds(minimum, maximum));
}

export function boundedNumber(minimum: number, maximum?: number): z.ZodMiniNumber<number> {
  return z.number().check(...bounds(minimum, maximum));
}

/** At least and at most so many UTF-16 code units. */
export function boundedText(minimum: number, maximum: number): z.ZodMiniString<string> {
  return z.string().check(z.minLength(minimum), z.maxLength(maximum));
}

const bounds = (minimum: number, maximum: number | undefined) =>
  maximum === undefined ? [z.minimum(minimum)] : [z.minimum(minimum), z.maximum(maximum)];
