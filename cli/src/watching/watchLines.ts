/** What a watched job looks like: a bar in a terminal, a line elsewhere. */
import type { Job } from '../../../client/src/generated.ts';
import { bar, endedCount } from '../output/bar.ts';
import { clockTime, counted, duration, timeBetween } from '../output/format.ts';
import { printable } from '../output/printable.ts';
import type { Paint } from '../output/screen.ts';
import { hasEnded, jobStatus, type Styled, styled } from '../output/styles.ts';
import { fit, pad, textWidth } from '../output/width.ts';

/** A job as it was seen last. */
export interface Sight {
  readonly job: Job;
  readonly secondsLeft: number | undefined;
  readonly isDeleted: boolean;
}

const LONGEST_NAME = 32;
const LONGEST_BAR = 40;
const SHORTEST_BAR = 8;
const SHORTEST_NAME = 12;

/** One line a job, names, bars and counts below each other. */
export function barLines(sights: readonly Sight[], width: number, paint: Paint): string[] {
  const rows = sights.map(({ job, ...sight }) => ({
    job,
    id: String(job.id),
    name: printable(job.name),
    count: `${endedCount(job)}/${job.chunkCount}`,
    state: stateParts({ job, ...sight }),
  }));
  const widest = (of: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => textWidth(of(row))));
  const [idWidth, countWidth] = [widest(({ id }) => id), widest(({ count }) => count)];
  const stateWidth = Math.min(
    widest(({ state }) => joined(state)),
    Math.max(0, width - idWidth - countWidth - SHORTEST_NAME - SHORTEST_BAR - 5),
  );
  const free = width - idWidth - countWidth - stateWidth - 5;
  const nameWidth = Math.max(1, Math.min(widest(({ name }) => name), LONGEST_NAME, free - SHORTEST_BAR - 1));
  const barWidth = Math.max(0, Math.min(LONGEST_BAR, free - nameWidth));
  return rows.map(({ job, id, name, count, state }) =>
    [
      pad(id, idWidth, 'right'),
      pad(fit(name, nameWidth), nameWidth),
      bar(job, barWidth, paint),
      pad(count, countWidth, 'right'),
      ` ${painted(state, stateWidth, paint)}`,
    ].join(' '),
  );
}

/** One line for one change. */
export function changeLine({ job, ...sight }: Sight, now: Date): string {
  const { text } = sight.isDeleted ? { text: 'deleted' } : jobStatus(job);
  const parts = hasEnded(job) || sight.isDeleted ? [] : stateParts({ job, ...sight }).slice(1);
  const took = hasEnded(job) ? [timeBetween(job.startedAt, job.endedAt, now.getTime())] : [];
  const said = [
    `${endedCount(job)}/${counted(job.chunkCount, 'chunk')}`,
    ...(job.counts.failed > 0 && hasEnded(job) ? [`${job.counts.failed} failed`] : []),
    ...parts.map((part) => part.text),
    ...took.filter((part) => part !== '').map((part) => `took ${part}`),
  ];
  return `${clockTime(now)}  ${job.id}  ${printable(job.name)}  ${text}  ${said.join(', ')}`;
}

/** What there is to say beside the counts; the first part is the status itself while the job does not run. */
function stateParts({ job, secondsLeft, isDeleted }: Sight): Styled[] {
  if (isDeleted) return [styled('dim', 'deleted')];
  const { counts, runningCount, status, statusReason } = job;
  const label = jobStatus(job);
  const failed = counts.failed > 0 ? [styled('red', `${counts.failed} failed`)] : [];
  if (hasEnded(job)) {
    const took = timeBetween(job.startedAt, job.endedAt, Date.now());
    return [took === '' ? label : styled(label.style, `${label.text} in ${took}`), ...failed];
  }
  const left =
    secondsLeft === undefined || (runningCount === 0 && job.paused)
      ? []
      : [styled([], `about ${duration(secondsLeft)} left`)];
  const nodes = styled('cyan', runningCount > 0 ? `on ${counted(runningCount, 'node')}` : 'no node yet');
  if (job.paused) return [label, ...(runningCount > 0 ? [nodes] : []), ...failed];
  switch (status) {
    case 'in-progress':
      return [label, nodes, ...failed, ...left];
    case 'waiting':
    case 'delayed':
      return [label, styled('dim', printable(statusReason))];
    default:
      return [label, ...failed];
  }
}
