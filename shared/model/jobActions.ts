/** Command lines of a job that run on nodes before and after its chunks, and before and after the job. */
import * as z from 'zod/mini';
import { boundedInt, boundedText } from './bounded.ts';
import { described } from './described.ts';
import { onDemand } from './onDemand.ts';

/** Before an action is stopped, if its job does not say otherwise. */
const DEFAULT_SECONDS = 300;

const actionSchema = onDemand(() =>
  z.strictObject({
    command: described(
      boundedText(1, 8_192),
      'Command line, run without a shell. `<%= expression %>` is replaced by its value in Python.',
    ),
    timeoutSeconds: described(
      z._default(boundedInt(1, 86_400), DEFAULT_SECONDS),
      'An action that takes longer is stopped and has failed.',
    ),
    checksExitCode: described(
      z._default(z.boolean(), true),
      'Whether any exit code but 0 is a failure; false lets every exit code pass.',
    ),
  }),
);
export type JobAction = z.infer<ReturnType<typeof actionSchema>>;

const action = (what: string) => described(z._default(z.nullable(actionSchema()), null), what);

export const jobActionsSchema = onDemand(() =>
  z.strictObject({
    beforeJob: action(
      'Runs before the program of the chunk that is handed out first; if it fails the chunk fails.',
    ),
    afterJob: action('Runs in a job of its own when the last chunk has ended, however.'),
    beforeChunk: action('Runs before the program of each chunk; if it fails the chunk fails.'),
    afterChunk: action('Runs when the program of a chunk has ended well; if it fails the chunk fails.'),
  }),
);
