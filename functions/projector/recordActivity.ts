/**
 * What happened on the farm → the activity log. Time and id of a line come out of the items themselves, so that a
 * record which comes twice writes the same line. What somebody did by hand is in the action log.
 */

import { noteActivity } from '../../shared/actions/noteActivity.ts';
import { exportName } from '../../shared/blobs/blobStore.ts';
import { silenceOf } from '../../shared/domain/nodeStatus.ts';
import type { AttemptOutcome, ChunkItem } from '../../shared/model/chunk.ts';
import type { EffectiveConfiguration } from '../../shared/model/configuration.ts';
import { type JobState, jobStatuses } from '../../shared/model/job.ts';
import type { LogLine } from '../../shared/model/logLine.ts';
import type { Exclusion, NodeItem, NodeState } from '../../shared/model/node.ts';
import type { QueueImport } from '../../shared/model/queueImport.ts';
import { milliseconds } from '../../shared/model/time.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { stateOf } from '../../shared/store/jobStore.ts';
import { kindOf } from '../../shared/store/keys.ts';
import { nodeOf, nodeStateOf } from '../../shared/store/nodeStore.ts';
import { nodesScanOf } from '../../shared/store/nodesScanStore.ts';
import { queueImportOf } from '../../shared/store/queueImportStore.ts';
import { configurationOf } from '../../shared/store/settingsStore.ts';
import type { FeedRecord, Item } from '../../shared/store/table.ts';

export async function recordActivity(context: Context, records: readonly FeedRecord[]): Promise<void> {
  await noteActivity(context, records.flatMap(linesOf));
}

/** Of items that change with each chunk: what tells of nothing while all of this stays need not be read. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  STATES: ['generation', 'startedAt', 'endedAt'],
  CHUNKS: ['token'],
  NODESTATES: ['status', 'session'],
};

function linesOf({ before, after }: FeedRecord): LogLine[] {
  if (after === undefined) return [];
  const kind = kindOf(after);
  if (before !== undefined && TELLING[kind]?.every((name) => before[name] === after[name])) return [];
  switch (kind) {
    case 'STATES':
      return ofJob(before && stateOf(before), stateOf(after));
    case 'CHUNKS':
      return before === undefined ? [] : ofChunk(chunkOf(before), chunkOf(after));
    case 'NODES':
      return before === undefined ? [] : ofNode(nodeOf(before), nodeOf(after));
    case 'NODESTATES':
      return ofNodeState(before && nodeStateOf(before), nodeStateOf(after));
    case 'CONFIGURATION':
      return ofSettings(before, after);
    case 'SCANS':
      return ofScan(before, after);
    case 'IMPORTS':
      return ofImport(before && queueImportOf(before), queueImportOf(after));
    default:
      return [];
  }
}

/**
 * A line of what the dispatcher did by itself; none of what has no time, as in items that are older than a field. The id
 * tells apart what happens within one millisecond.
 */
function line(at: string | null, what: string, subject: string, text: string): LogLine[] {
  if (at === null || Number.isNaN(milliseconds(at))) return [];
  return [{ at, id: `${what}-${subject}`, user: null, what, text }];
}

function ofJob(was: JobState | undefined, is: JobState): LogLine[] {
  const subject = `${is.id}-${is.generation}`;
  if (was === undefined) {
    const what = is.status === 'folder' ? `folder ${is.id}` : `job ${is.id}: ${is.total} chunks`;
    return line(is.generationSince, 'job-added', subject, what);
  }
  if (is.generation > was.generation) {
    const text = `job ${is.id}: generation ${is.generation}, ${is.total} chunks, ${is.status}`;
    return line(is.generationSince, 'job-reinitialised', subject, text);
  }
  const hasStarted = was.startedAt === null && is.startedAt !== null;
  const hasEnded = jobStatuses[is.status].ended && was.endedAt !== is.endedAt;
  return [
    ...(hasStarted ? line(is.startedAt, 'job-started', subject, `job ${is.id}`) : []),
    ...(hasEnded
      ? line(is.endedAt, 'job-ended', subject, `job ${is.id} ${is.status}: ${is.statusReason}`)
      : []),
  ];
}

/** Attempts that went well are in the history alone. */
const TOLD: ReadonlySet<AttemptOutcome> = new Set(['failed', 'timed-out', 'lost', 'interrupted']);

function ofChunk(was: ChunkItem, is: ChunkItem): LogLine[] {
  const { jobId, generation, index, attempt, nodeId, token } = was;
  if (token === null || is.token === token || is.outcome === null || !TOLD.has(is.outcome)) return [];
  const text = `chunk ${index + 1} of job ${jobId}, attempt ${attempt} on node ${nodeId}: ${is.message || is.outcome}; now ${is.status}`;
  return line(is.endedAt, `chunk-${is.outcome}`, `${jobId}-${generation}-${index}-${attempt}`, text);
}

function ofNode(was: NodeItem, is: NodeItem): LogLine[] {
  const added = (before: readonly Exclusion[], after: readonly Exclusion[]): Exclusion[] =>
    after.filter(({ id, since }) => !before.some((known) => known.id === id && known.since === since));
  const tell = (what: string) => (exclusion: Exclusion) =>
    line(
      exclusion.since,
      'node-excluded',
      `${is.id}-${what}-${exclusion.id}`,
      `node ${is.id} (${is.name}) from ${what} ${exclusion.id}: ${exclusion.reason}`,
    );
  return [
    ...added(was.excludedJobs, is.excludedJobs).flatMap(tell('job')),
    ...added(was.excludedTemplates, is.excludedTemplates).flatMap(tell('template')),
  ];
}

function ofNodeState(was: NodeState | undefined, is: NodeState): LogLine[] {
  const node = `node ${is.id}`;
  if (was?.status !== 'offline' && is.status === 'offline' && was !== undefined) return wentOffline(was, is);
  // Leaving ends the session too; a node that registers is not offline.
  if (is.status !== 'offline' && was?.session !== is.session) {
    return line(is.lastSeenAt, 'node-registered', String(is.id), `${node}, ${is.status}`);
  }
  if (was?.status === 'offline' && is.status !== 'offline') {
    return line(is.lastSeenAt, 'node-back', String(is.id), `${node} is heard of again, ${is.status}`);
  }
  return [];
}

function wentOffline(was: NodeState, is: NodeState): LogLine[] {
  const [node, subject] = [`node ${is.id}`, String(is.id)];
  const chunk =
    was.assignment === null
      ? ''
      : `; it held chunk ${was.assignment.index + 1} of job ${was.assignment.jobId}`;
  if (was.session !== is.session) {
    return line(was.lastSeenAt, 'node-left', subject, `${node}, last heard of at this time${chunk}`);
  }
  const silence = silenceOf(was, is);
  if (silence === undefined) return [];
  const what = silence.isUnaccepted ? 'did not accept in time' : 'was silent beyond its lease';
  return line(silence.since, 'node-silent', subject, `${node} ${what}${chunk}`);
}

/** What is kept with the settings and is none. */
const KEPT_BESIDE: readonly (keyof EffectiveConfiguration)[] = ['revision', 'importing', 'hookTemplates'];

function ofSettings(before: Item | undefined, after: Item): LogLine[] {
  const [was, is] = [configurationOf(before), configurationOf(after)];
  const names = Object.keys(is) as (keyof EffectiveConfiguration)[];
  const changes = names.filter((name) => was[name] !== is[name] && !KEPT_BESIDE.includes(name));
  const texts = changes.map((name) => `${name} ${was[name]} -> ${is[name]}`);
  const [at, subject] = [String(after['changedAt']), String(after['version'])];
  return [
    ...(is.revision === was.revision ? [] : line(at, 'soft-restart', subject, `number ${is.revision}`)),
    ...(texts.length === 0 ? [] : line(at, 'settings-changed', subject, texts.join(', '))),
  ];
}

function ofScan(before: Item | undefined, after: Item): LogLine[] {
  const scan = nodesScanOf(after);
  if (before?.['scanId'] === scan.scanId) return [];
  return line(scan.startedAt, 'nodes-scan', scan.scanId, `started by ${scan.startedBy}`);
}

function ofImport(was: QueueImport | undefined, is: QueueImport): LogLine[] {
  const { run, jobCount, chunkCount, beganAt, endedAt } = is;
  const size = `${jobCount} jobs with ${chunkCount} chunks`;
  if (was === undefined) return line(beganAt, 'queue-import-begun', run, `the queue is replaced by ${size}`);
  if (was.endedAt === endedAt) return [];
  const text =
    is.phase === 'refused'
      ? `the queue stays as it was: ${is.rule}`
      : `the queue was replaced by ${size}; what was there is kept as ${exportName(run)}`;
  return line(endedAt, 'queue-import-ended', run, text);
}
