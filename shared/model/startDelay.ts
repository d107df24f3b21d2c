/** How far apart programs start that ask for the same thing at their start. */
import * as z from 'zod/mini';
import { boundedText } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

export const startDelaySchema = onDemand(() =>
  z.strictObject({
    group: described(boundedText(1, 64), 'Templates with the same one are kept apart from each other.'),
    seconds: described(
      z.number().check(z.minimum(0.1), z.maximum(600)),
      'Between two starts on the whole farm.',
    ),
  }),
);
