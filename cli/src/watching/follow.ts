/** Follows jobs until they have ended. */
import { type Client, RollcallError } from '../../../client/src/client.ts';
import type { Job } from '../../../client/src/generated.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { endedCount } from '../output/bar.ts';
import { type LiveBlock, openLiveBlock } from '../output/liveBlock.ts';
import { safeJson } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import { hasEnded } from '../output/styles.ts';
import { shorten } from '../output/width.ts';
import type { UserSession } from '../session.ts';
import { type Hearing, openHearing } from './hearing.ts';
import { poll } from './poll.ts';
import { type Sample, secondsLeft, withSample } from './timeLeft.ts';
import { barLines, changeLine, type Sight } from './watchLines.ts';

/** Nodes tell how far they are every so often; asking more often says nothing new. */
const PROGRESS_SECONDS = 5;
const MOST_NODES = 500;
/** The most jobs that one subscription names; who watches more hears of all. */
const MOST_IDS = 100;

interface Watched extends Sight {
  readonly samples: readonly Sample[];
}

/** Shows the jobs until each has ended, and says by the exit code how they ended. */
export async function follow(
  session: UserSession,
  ids: readonly number[],
  intervalSeconds: number,
): Promise<ExitCode> {
  const { client, screen } = session;
  const running = watchRunning(client);
  const first = await Promise.all(ids.map(async (id) => (await client.jobGet({ id })).job));
  const atStart = await running(first.some(({ runningCount }) => runningCount > 0));
  let watched = first.map((job) => look(undefined, job, atStart.get(job.id) ?? 0));
  const view = openView(screen);
  const onInterrupt = (): void => {
    view.end();
    screen.note(`Not watching any more; the work goes on. Watch again: rollcall watch ${ids.join(' ')}`);
  };
  process.prependOnceListener('SIGINT', onInterrupt);
  let hearing: Hearing | undefined;
  try {
    view.show(watched, undefined);
    if (!watched.every(isOver)) {
      let unheard: string | undefined;
      hearing = openHearing(session, {
        subscriptions: [{ topic: 'jobs', ...(ids.length > MOST_IDS ? {} : { ids: [...new Set(ids)] }) }],
        intervalSeconds,
        onTrouble(text) {
          unheard = text;
          if (text !== undefined) view.show(watched, text);
        },
      });
      await poll(
        intervalSeconds,
        async () => {
          const progress = await running(watched.some(({ job }) => job.runningCount > 0));
          watched = await Promise.all(watched.map((sight) => lookAgain(client, sight, progress)));
          view.show(watched, unheard);
          return !watched.every(isOver);
        },
        (trouble) => view.show(watched, trouble),
        hearing.pause,
      );
    }
  } finally {
    hearing?.close();
    view.end();
    process.off('SIGINT', onInterrupt);
  }
  if (watched.some(({ job, isDeleted }) => job.status === 'failed' && !isDeleted)) return exitCodes.jobFailed;
  return watched.some(({ isDeleted }) => isDeleted) ? exitCodes.notFound : exitCodes.ok;
}

const isOver = ({ job, isDeleted }: Sight): boolean => isDeleted || hasEnded(job);

/** Tells the sum of the progress of what runs, by job, from nodes that are asked now and then. */
function watchRunning(client: Client): (isWanted: boolean) => Promise<ReadonlyMap<number, number>> {
  let sums = new Map<number, number>();
  let askedAt = 0;
  return async (isWanted) => {
    if (!isWanted || Date.now() - askedAt < PROGRESS_SECONDS * 1_000) return sums;
    askedAt = Date.now();
    // One page: on a larger farm chunks end all the time, and their count alone shows how it goes.
    const { nodes } = await client.nodeGetList({ status: 'working', limit: MOST_NODES });
    sums = new Map();
    for (const { jobId, progress } of nodes) {
      if (jobId !== null) sums.set(jobId, (sums.get(jobId) ?? 0) + progress);
    }
    return sums;
  };
}

function look(before: Watched | undefined, job: Job, runningProgress: number): Watched {
  const now = Date.now();
  const ended = endedCount(job);
  const isOn =
    before !== undefined && ended >= endedCount(before.job) && job.generation === before.job.generation;
  const seen = job.runningCount > 0 ? ended + runningProgress : ended;
  // What nodes told is a little old: a chunk that has ended meanwhile must not count twice and then once.
  const done = Math.min(job.chunkCount, isOn ? Math.max(seen, before.done) : seen);
  // Time in which no node worked on it tells nothing about how fast it goes.
  const samples = withSample(isOn && before.job.runningCount > 0 ? before.samples : [], {
    at: now,
    ended: done,
  });
  const startedAt = job.startedAt === null ? undefined : Date.parse(job.startedAt);
  return {
    job,
    done,
    samples,
    secondsLeft: hasEnded(job) ? 0 : secondsLeft(samples, now, job.chunkCount - done, startedAt),
    isDeleted: job.status === 'deleting',
  };
}

async function lookAgain(
  client: Client,
  before: Watched,
  progress: ReadonlyMap<number, number>,
): Promise<Watched> {
  if (isOver(before)) return before;
  try {
    const { job } = await client.jobGet({ id: before.job.id });
    return look(before, job, progress.get(job.id) ?? 0);
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'not-found') return { ...before, isDeleted: true };
    throw error;
  }
}

interface View {
  show(sights: readonly Sight[], trouble: string | undefined): void;
  end(): void;
}

function openView(screen: Screen): View {
  if (screen.isQuiet) return { show: () => {}, end: () => {} };
  if (screen.isTerminal && !screen.isJson) return barView(screen);
  return lineView(screen);
}

function barView(screen: Screen): View {
  const block: LiveBlock = openLiveBlock(process.stdout);
  let hasBlock = true;
  return {
    show(sights, trouble) {
      const lines = barLines(sights, screen.width(), Date.now(), screen.paint);
      block.draw([
        ...lastRows(lines, sights),
        ...(trouble === undefined ? [] : [screen.paint('yellow', shorten(trouble, screen.width()))]),
      ]);
    },
    end() {
      if (hasBlock) block.end();
      hasBlock = false;
    },
  };
}

/** What fits into the terminal: of too many jobs those that go on, since a block that scrolls cannot be drawn over. */
function lastRows(lines: readonly string[], sights: readonly Sight[]): string[] {
  const rows = Math.max(2, process.stdout.rows - 3);
  if (lines.length <= rows) return [...lines];
  const byNeed = [...lines.keys()].sort((a, b) => over(sights[a]) - over(sights[b]) || a - b);
  const shown = new Set(byNeed.slice(0, rows));
  return [...lines.filter((_, index) => shown.has(index)), `and ${lines.length - rows} more`];
}

const over = (sight: Sight | undefined): number => (sight !== undefined && isOver(sight) ? 1 : 0);

/** One line a change, for files and programs. */
function lineView(screen: Screen): View {
  const last = new Map<number, string>();
  let lastTrouble: string | undefined;
  return {
    show(sights, trouble) {
      if (trouble !== undefined && trouble !== lastTrouble) screen.note(trouble);
      lastTrouble = trouble;
      for (const sight of sights) {
        const { job, isDeleted } = sight;
        const { status, paused, counts, runningCount, chunkCount } = job;
        const state = JSON.stringify([status, paused, counts, runningCount, chunkCount, isDeleted]);
        if (last.get(job.id) === state) continue;
        last.set(job.id, state);
        screen.print([
          screen.isJson
            ? safeJson({ job, secondsLeft: sight.secondsLeft ?? null, isDeleted })
            : changeLine(sight, new Date()),
        ]);
      }
    },
    end: () => {},
  };
}
