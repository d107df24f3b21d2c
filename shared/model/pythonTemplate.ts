/**
 * A template that is a file of Python, as Muster's are: what its file declares, and where its text is kept. Nodes run it, and
 * so does the host of hooks; the dispatcher itself knows this description only.
 */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { dispatcherHooks } from './dispatcherHook.ts';
import { engineFieldSchema } from './engineDefinition.ts';
import { nameSchema, templateIdSchema } from './ids.ts';
import { packetTypes } from './job.ts';
import { jobDefaultsSchema } from './jobDefaults.ts';
import { onDemand } from './onDemand.ts';
import { renderHooks } from './renderHook.ts';
import { startDelaySchema } from './startDelay.ts';

const declaration = onDemand(() => ({
  id: templateIdSchema(),
  name: nameSchema(),
  description: boundedText(1, 1_024),
  file: described(nameSchema(), 'Name of the file, which its errors are told with.'),
  fields: described(
    z.array(engineFieldSchema()).check(z.maxLength(64)),
    'Attributes that its fields are mapped to.',
  ),
  packetTypes: described(
    z.array(z.enum(Object.keys(packetTypes) as (keyof typeof packetTypes)[])).check(z.minLength(1)),
    'Ways of cutting frames that it knows.',
  ),
  wholeFrames: described(z.boolean(), 'Whether frames are whole numbers.'),
  platforms: described(
    z.array(z.enum(['linux', 'darwin', 'win32'])).check(z.minLength(1), z.maxLength(3)),
    'Platforms of nodes that it runs on.',
  ),
  hooks: described(
    z.array(z.enum(renderHooks)).check(z.maxLength(16)),
    'Functions of its own that nodes call.',
  ),
  dispatcherHooks: described(
    z._default(z.array(z.enum(dispatcherHooks)).check(z.maxLength(16)), []),
    'Functions of its own that the dispatcher calls.',
  ),
  limits: described(
    z.array(z.strictObject({ name: nameSchema(), maximum: boundedInt(0, 1_000_000) })).check(z.maxLength(16)),
    'Farm-wide limits that a chunk holds while it runs.',
  ),
  startDelay: described(
    z.optional(startDelaySchema()),
    'Keeps starts of its program apart on the whole farm. Left out where they need not be.',
  ),
  jobDefaults: described(
    z.optional(jobDefaultsSchema()),
    'What its jobs have where their submission says nothing.',
  ),
}));

/** A template as it is pushed. */
export const pythonSourceSchema = onDemand(() =>
  z
    .strictObject({ ...declaration(), source: described(boundedText(1, 524_288), 'Text of the file.') })
    .register(z.globalRegistry, { id: 'PythonSource' }),
);
export type PythonSource = z.infer<ReturnType<typeof pythonSourceSchema>>;

/** A template as it is kept: its text is a blob under its hash. */
export const pythonTemplateSchema = onDemand(() =>
  z
    .strictObject({
      ...declaration(),
      sha256: described(boundedText(64, 64), 'Hash of the text of the file.'),
    })
    .register(z.globalRegistry, { id: 'PythonTemplate' }),
);
export type PythonTemplate = z.infer<ReturnType<typeof pythonTemplateSchema>>;
