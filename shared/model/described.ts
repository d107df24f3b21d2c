import * as z from 'zod/mini';

/** A copy of a schema with the text that tells people what it is for; the schema itself may be used elsewhere. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  const copy = z.clone(schema, undefined, { parent: true });
  z.globalRegistry.add(copy, { description });
  return copy;
}
