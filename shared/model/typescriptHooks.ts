/** Hooks of a template that are a file of TypeScript: which there are, and where its text is kept. The host of hooks runs it. */
import * as z from 'zod/mini';
import { boundedText } from './bounded.ts';
import { described } from './described.ts';
import { dispatcherHooks } from './dispatcherHook.ts';
import { nameSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';

const declaration = onDemand(() => ({
  file: described(nameSchema(), 'Name of the file, which its errors are told with.'),
  dispatcherHooks: described(
    z.array(z.enum(dispatcherHooks)).check(z.minLength(1), z.maxLength(16)),
    'Functions that the dispatcher calls.',
  ),
}));

/** Hooks as they are pushed. */
export const typescriptSourceSchema = onDemand(() =>
  z
    .strictObject({
      ...declaration(),
      source: described(boundedText(1, 524_288), 'Text of the file, its types stripped.'),
    })
    .register(z.globalRegistry, { id: 'TypescriptSource' }),
);
export type TypescriptSource = z.infer<ReturnType<typeof typescriptSourceSchema>>;

/** Hooks as they are kept: their text is a blob under its hash. */
export const typescriptHooksSchema = onDemand(() =>
  z
    .strictObject({
      ...declaration(),
      sha256: described(boundedText(64, 64), 'Hash of the text of the file, its types stripped.'),
    })
    .register(z.globalRegistry, { id: 'TypescriptHooks' }),
);
export type TypescriptHooks = z.infer<ReturnType<typeof typescriptHooksSchema>>;
