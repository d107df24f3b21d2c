/** Markers of a flush are removed once all that came before them was followed: whoever waits sees them gone. */
import type { Context } from '../../shared/runtime/context.ts';
import { kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord } from '../../shared/store/table.ts';

export async function acknowledgeFlushes(context: Context, records: readonly FeedRecord[]): Promise<void> {
  const markers = records.flatMap(({ after }) =>
    after !== undefined && kindOf(after) === 'FLUSHES' ? [after] : [],
  );
  if (markers.length > 0) await context.flushes.acknowledge(markers);
}
