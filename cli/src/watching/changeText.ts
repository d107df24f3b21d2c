/** Changes of the farm as lines. */
import type { Job, Node } from '../../../client/src/generated.ts';
import { endedCount } from '../output/bar.ts';
import { clockTime, counted } from '../output/format.ts';
import { joinParts, paintLine } from '../output/line.ts';
import { printable } from '../output/printable.ts';
import type { Paint } from '../output/screen.ts';
import { jobStatus, nodeStatus, type Styled, styled } from '../output/styles.ts';
import type { Change } from './changes.ts';

type JobChange = Extract<Change, { readonly job: Job }>;
type NodeChange = Extract<Change, { readonly node: Node }>;

/** Fields that the words of a line tell already; others are named. */
const told: ReadonlySet<string> = new Set([
  'status',
  'statusReason',
  'paused',
  'counts',
  'runningCount',
  'handedOutCount',
  'chunkCount',
  'startedAt',
  'endedAt',
  'jobId',
  'chunkId',
  'registeredAt',
]);

/** One line, cut to so many columns. */
export function changeText(change: Change, at: Date, width: number, paint: Paint): string {
  const [who, said] =
    'job' in change
      ? [`job ${change.job.id}  ${change.job.name}`, jobWords(change)]
      : [`node ${change.node.name}`, nodeWords(change)];
  const parts = [
    styled('dim', clockTime(at)),
    styled([], '  '),
    styled([], printable(who)),
    styled([], '  '),
  ];
  return paintLine([...parts, ...joinParts(said, ' ')], width, paint);
}

function jobWords(change: JobChange): Styled[] {
  const { job } = change;
  if (change.event === 'jobs/removed') return [styled('red', 'deleted')];
  const state = job.type === 'folder' ? [] : [jobStatus(job), ...jobCounts(job)];
  if (!('before' in change)) return [styled([], `new, of ${printable(job.owner)}`), ...state];
  return [...turn(jobStatus(change.before), jobStatus(job)), ...state, ...otherFields(change.changed)];
}

function jobCounts(job: Job): Styled[] {
  return [
    styled([], `${endedCount(job)}/${counted(job.chunkCount, 'chunk')}`),
    ...(job.counts.failed > 0 ? [styled('red', `${job.counts.failed} failed`)] : []),
    ...(job.runningCount > 0 ? [styled([], `on ${counted(job.runningCount, 'node')}`)] : []),
  ];
}

function nodeWords(change: NodeChange): Styled[] {
  const { node } = change;
  if (change.event === 'nodes/removed') return [styled('red', 'removed')];
  const work = node.jobId === null ? [] : [styled([], `job ${node.jobId}, chunk ${node.chunkId}`)];
  const state = [nodeStatus(node), ...work];
  if (!('before' in change)) return [styled([], 'new'), ...state];
  return [...turn(nodeStatus(change.before), nodeStatus(node)), ...state, ...otherFields(change.changed)];
}

/** Where it comes from, if it is somewhere else now. */
const turn = (from: Styled, to: Styled): Styled[] =>
  from.text === to.text ? [] : [styled('dim', `${from.text} →`)];

function otherFields(changed: readonly string[]): Styled[] {
  const others = changed.filter((field) => !told.has(field));
  return others.length === 0 ? [] : [styled('dim', `(${others.join(', ')})`)];
}
