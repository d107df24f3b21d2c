/** Follows jobs until they have ended. */
import { setTimeout as pause } from 'node:timers/promises';
import { RollcallError, UnreachableError } from '../../../client/src/client.ts';
import type { Job } from '../../../client/src/generated.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { endedCount } from '../output/bar.ts';
import { type LiveBlock, openLiveBlock } from '../output/liveBlock.ts';
import { safeJson } from '../output/printable.ts';
import type { Screen } from '../output/screen.ts';
import { hasEnded } from '../output/styles.ts';
import { shorten } from '../output/width.ts';
import type { Session } from '../session.ts';
import { type Sample, secondsLeft, withSample } from './timeLeft.ts';
import { barLines, changeLine, type Sight } from './watchLines.ts';

/** A dispatcher that is started anew comes back within this time; renders that take a night must not lose their watcher. */
const LONGEST_SILENCE_MS = 300_000;

interface Watched extends Sight {
  readonly samples: readonly Sample[];
}

/** Shows the jobs until each has ended, and says by the exit code how they ended. */
export async function follow(
  { client, screen }: Session,
  ids: readonly number[],
  intervalSeconds: number,
): Promise<ExitCode> {
  let watched = await Promise.all(
    ids.map(async (id) => look(undefined, (await client.jobGet({ id })).job, Date.now())),
  );
  const view = openView(screen);
  const onInterrupt = (): void => {
    view.end();
    screen.note(`Not watching any more; the work goes on. Watch again: rollcall watch ${ids.join(' ')}`);
  };
  process.prependOnceListener('SIGINT', onInterrupt);
  let silentSince: number | undefined;
  try {
    view.show(watched, undefined);
    while (!watched.every(isOver)) {
      await pause(intervalSeconds * 1_000);
      try {
        watched = await Promise.all(watched.map((sight) => lookAgain(sight, (id) => client.jobGet({ id }))));
        silentSince = undefined;
        view.show(watched, undefined);
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        silentSince ??= Date.now();
        if (Date.now() - silentSince > LONGEST_SILENCE_MS) throw error;
        view.show(watched, `${error.message}; trying again`);
      }
    }
  } finally {
    view.end();
    process.off('SIGINT', onInterrupt);
  }
  if (watched.some(({ job, isDeleted }) => job.status === 'failed' && !isDeleted)) return exitCodes.jobFailed;
  return watched.some(({ isDeleted }) => isDeleted) ? exitCodes.notFound : exitCodes.ok;
}

const isOver = ({ job, isDeleted }: Sight): boolean => isDeleted || hasEnded(job);

function look(before: Watched | undefined, job: Job, now: number): Watched {
  const ended = endedCount(job);
  const samples = withSample(before?.samples ?? [], { at: now, ended });
  const startedAt = job.startedAt === null ? undefined : Date.parse(job.startedAt);
  return {
    job,
    samples,
    secondsLeft: hasEnded(job) ? 0 : secondsLeft(samples, now, job.chunkCount - ended, startedAt),
    isDeleted: job.status === 'deleting',
  };
}

async function lookAgain(
  before: Watched,
  read: (id: number) => Promise<{ readonly job: Job }>,
): Promise<Watched> {
  if (isOver(before)) return before;
  try {
    return look(before, (await read(before.job.id)).job, Date.now());
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
