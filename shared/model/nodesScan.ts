/** A scan of the nodes: every registered one is asked to answer, those that sleep are woken. */
import * as z from 'zod/mini';
import { boundedInt } from './bounded.ts';
import { described } from './described.ts';
import { nodeIdSchema } from './ids.ts';
import { onDemand } from './onDemand.ts';
import { timeSchema } from './time.ts';

/** Nodes that are listed with each rule that keeps sleeping ones from being woken. */
export const MOST_UNREACHED_LISTED = 100;

export const nodesScanSchema = onDemand(() =>
  z
    .strictObject({
      startedAt: timeSchema(),
      startedBy: z.string(),
      answerBy: described(timeSchema(), 'A node that has not answered until then is silent.'),
      wokenNodeCount: described(
        z.nullable(boundedInt(0)),
        'Nodes whose machines were sent a magic packet; null until that has been decided.',
      ),
      unreached: described(
        z.array(
          z.strictObject({
            rule: z.string(),
            nodeCount: boundedInt(1),
            nodeIds: described(z.array(nodeIdSchema()), `The first ${MOST_UNREACHED_LISTED}.`),
          }),
        ),
        'Offline nodes that cannot be woken, by the rule that keeps them from it.',
      ),
    })
    .register(z.globalRegistry, { id: 'NodesScan' }),
);
export type NodesScan = z.infer<ReturnType<typeof nodesScanSchema>>;

export const scanAnswers = ['answered', 'awaited', 'silent'] as const;
export type ScanAnswer = (typeof scanAnswers)[number];

/** A scan as it is kept. */
export interface NodesScanItem extends NodesScan {
  readonly scanId: string;
}
