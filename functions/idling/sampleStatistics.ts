/** Samples the statistics, once a minute; while nothing happens and nothing has changed, once an hour. */
import { takeSample } from '../../shared/actions/takeSample.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function sampleStatistics(context: Context, { nodes, jobs, statistics }: Farm): Promise<number> {
  return (await takeSample(context, jobs, nodes, statistics)) ? 1 : 0;
}
