/** Which colour means what, the same everywhere. Every colour also stands beside a word: some people see none. */
import type { styleText } from 'node:util';
import type { Chunk, HistoryChunk, Job, Node } from '../../../client/src/generated.ts';

export type Style = Parameters<typeof styleText>[0];

/** A text with a colour that is put on last, after it was measured and cut. */
export interface Styled {
  readonly text: string;
  readonly style: Style;
}

export const styled = (style: Style, text: string): Styled => ({ text, style });

const jobStyles: Readonly<Record<Job['status'], Style>> = {
  waiting: 'dim',
  delayed: 'dim',
  queued: [],
  'in-progress': 'cyan',
  completed: 'green',
  'completed-with-warnings': 'magenta',
  failed: 'red',
  deleting: 'dim',
  folder: 'bold',
};

const chunkStyles: Readonly<Record<Chunk['status'], Style>> = {
  waiting: 'dim',
  queued: [],
  running: 'cyan',
  completed: 'green',
  warning: 'magenta',
  failed: 'red',
};

const nodeStyles: Readonly<Record<Node['status'], Style>> = {
  offline: 'dim',
  idle: [],
  working: 'cyan',
  paused: 'yellow',
};

const outcomeStyles: Readonly<Record<HistoryChunk['outcome'], Style>> = {
  completed: 'green',
  warning: 'magenta',
  failed: 'red',
  'timed-out': 'red',
  lost: 'red',
  interrupted: 'dim',
  overridden: 'dim',
};

/** Ended for good, unless somebody opens it again. */
export const hasEnded = ({ status }: Pick<Job, 'status'>): boolean =>
  status === 'completed' || status === 'completed-with-warnings' || status === 'failed';

/** A job's status; what pauses it counts more than what it would be otherwise. */
export function jobStatus(job: Pick<Job, 'status' | 'paused'>): Styled {
  if (job.paused && !hasEnded(job)) return styled('yellow', 'paused');
  return styled(
    jobStyles[job.status],
    job.status === 'completed-with-warnings' ? 'with warnings' : job.status,
  );
}

export const chunkStatus = ({ status }: Pick<Chunk, 'status'>): Styled => styled(chunkStyles[status], status);
export const nodeStatus = ({ status }: Pick<Node, 'status'>): Styled => styled(nodeStyles[status], status);
export const attemptOutcome = ({ outcome }: Pick<HistoryChunk, 'outcome'>): Styled =>
  styled(outcomeStyles[outcome], outcome);
