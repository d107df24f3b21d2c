/** Asks for a dispatch pass while there are idle nodes and claimable jobs: whatever else was lost is found here. */
import { isClaimable } from '../../shared/domain/jobStatus.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function matchIdle(context: Context, { nodes, jobs }: Farm): Promise<number> {
  const isNeeded = nodes.some(({ status }) => status === 'idle') && jobs.some(isClaimable);
  if (isNeeded) await context.dispatchQueue.send({ kind: 'match', trigger: null, pass: 1 });
  return isNeeded ? 1 : 0;
}
