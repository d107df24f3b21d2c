/** What a watched job looks like: a bar in a terminal, a line elsewhere. */
import type { Job } from '../../../client/src/generated.ts';
import { bar, endedCount } from '../output/bar.ts';
import { clockTime, counted, percent, roughly, timeBetween } from '../output/format.ts';
import { joinParts, lineWidth, paintLine } from '../output/line.ts';
import { printable } from '../output/printable.ts';
import type { Paint } from '../output/screen.ts';
import { hasEnded, jobStatus, type Styled, styled } from '../output/styles.ts';
import { pad, shorten, textWidth } from '../output/width.ts';

/** A job as it was seen last. */
export interface Sight {
  readonly job: Job;
  /** Chunks that have ended, and shares of those that run. */
  readonly done: number;
  readonly secondsLeft: number | undefined;
  readonly isDeleted: boolean;
}

const LONGEST_NAME = 32;
const LONGEST_BAR = 40;
const SHORTEST_BAR = 8;
const SHORTEST_NAME = 12;

/** One line a job, names, bars and counts below each other. */
export function barLines(sights: readonly Sight[], width: number, now: number, paint: Paint): string[] {
  const rows = sights.map((sight) => ({
    job: sight.job,
    id: String(sight.job.id),
    name: printable(sight.job.name),
    count: `${endedCount(sight.job)}/${sight.job.chunkCount}`,
    state: barState(sight, now),
  }));
  const widest = (of: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => textWidth(of(row))));
  const [idWidth, countWidth] = [widest(({ id }) => id), widest(({ count }) => count)];
  const stateWidth = Math.min(
    Math.max(...rows.map(({ state }) => lineWidth(state))),
    Math.max(0, width - idWidth - countWidth - SHORTEST_NAME - SHORTEST_BAR - 5),
  );
  const free = width - idWidth - countWidth - stateWidth - 5;
  const nameWidth = Math.max(
    1,
    Math.min(
      widest(({ name }) => name),
      LONGEST_NAME,
      free - SHORTEST_BAR - 1,
    ),
  );
  const barWidth = Math.max(0, Math.min(LONGEST_BAR, free - nameWidth));
  return rows.map(({ job, id, name, count, state }) =>
    [
      pad(id, idWidth, 'right'),
      pad(shorten(name, nameWidth), nameWidth),
      paintLine(bar(job, barWidth), barWidth, paint),
      pad(count, countWidth, 'right'),
      ` ${paintLine(state, stateWidth, paint)}`,
    ].join(' '),
  );
}

/** One line for one change. */
export function changeLine(sight: Sight, now: Date): string {
  const { job } = sight;
  const { label, details } = stateOf(sight, now.getTime());
  const said = [`${endedCount(job)}/${counted(job.chunkCount, 'chunk')}`, ...details.map(({ text }) => text)];
  return `${clockTime(now)}  ${job.id}  ${printable(job.name)}  ${label.text}  ${said.join(', ')}`;
}

interface State {
  readonly label: Styled;
  readonly details: readonly Styled[];
}

/** What there is to say beside name and counts. */
function stateOf({ job, done, secondsLeft, isDeleted }: Sight, now: number): State {
  if (isDeleted) return { label: styled('dim', 'deleted'), details: [] };
  const { counts, runningCount, status, statusReason } = job;
  const label = jobStatus(job);
  const failed = counts.failed > 0 ? [styled('red', `${counts.failed} failed`)] : [];
  if (hasEnded(job)) {
    const took = timeBetween(job.startedAt, job.endedAt, now);
    return { label, details: [...failed, ...(took === '' ? [] : [styled([], `took ${took}`)])] };
  }
  if (status === 'waiting' || status === 'delayed') {
    return { label, details: [styled('dim', printable(statusReason))] };
  }
  const isHungry = status === 'in-progress' && !job.paused;
  const nodes =
    runningCount > 0
      ? [styled('cyan', `on ${counted(runningCount, 'node')}`)]
      : isHungry
        ? [styled('dim', 'on no node')]
        : [];
  const left =
    secondsLeft === undefined || runningCount === 0 ? [] : [styled([], `about ${roughly(secondsLeft)} left`)];
  const share = status === 'in-progress' ? [styled([], percent(done / job.chunkCount))] : [];
  return { label, details: [...share, ...nodes, ...failed, ...left] };
}

/** In a bar "on 3 nodes" says that it is in progress; there is little room. */
function barState(sight: Sight, now: number): readonly Styled[] {
  const { label, details } = stateOf(sight, now);
  const parts = sight.job.runningCount > 0 && label.text === 'in-progress' ? details : [label, ...details];
  return joinParts(parts, '  ');
}
