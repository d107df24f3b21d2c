/** What has happened to jobs and nodes → the bus, in one call for a batch; what it does not take goes by a queue. */
import type { FarmEvent } from '../../shared/contract/farmEvents.ts';
import { jobEvent, jobEventsOf, nodeLost } from '../../shared/domain/farmEvents.ts';
import { silenceOf } from '../../shared/domain/nodeStatus.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { stateOf } from '../../shared/store/jobStore.ts';
import { kindOf } from '../../shared/store/keys.ts';
import { nodeStateOf } from '../../shared/store/nodeStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';

export async function putEvents(context: Context, records: readonly FeedRecord[]): Promise<void> {
  const events: FarmEvent[] = [];
  for (const { before, after } of records) {
    if (before === undefined || after === undefined) continue;
    // Each event is of another status; most changes, as those of each chunk, need not be read.
    if (before['status'] === after['status']) continue;
    if (kindOf(after) === 'STATES') events.push(...(await ofJob(context, before, after)));
    if (kindOf(after) === 'NODESTATES') events.push(...(await ofNode(context, before, after)));
  }
  if (events.length === 0) return;
  try {
    await context.eventBus.put(events);
  } catch (error) {
    // History, dispatch and Consoles follow the same feed, and nothing of it waits for the bus.
    context.logger.log('events-postponed', { count: events.length }, error);
    await context.eventQueue.send(events);
  }
}

async function ofJob(context: Context, before: Item, after: Item): Promise<FarmEvent[]> {
  const [was, is] = [stateOf(before), stateOf(after)];
  const types = jobEventsOf(was, is);
  if (types.length === 0) return [];
  const spec = await context.jobs.findSpecOrRemains(is.id);
  return spec === undefined ? [] : types.map((type) => jobEvent(type, was, is, spec));
}

async function ofNode(context: Context, before: Item, after: Item): Promise<FarmEvent[]> {
  const [was, is] = [nodeStateOf(before), nodeStateOf(after)];
  const silence = silenceOf(was, is);
  if (silence === undefined) return [];
  const node = await context.nodes.find(is.id, { consistent: false });
  return node === undefined ? [] : [nodeLost(was, is, silence, node.name)];
}
