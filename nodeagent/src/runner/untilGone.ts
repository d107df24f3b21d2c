/** Waits for the end of processes: their exit, their last output, and whatever they left running. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessTree } from './processTree.ts';

/** So long processes may outlive the one that was started, and their output may arrive after its end. */
const afterlifeMs = 2_000;

/**
 * Waits until all output of an ended process is read, `closed` being its event, and ends what it left running. False if some
 * process of its tree cannot be killed.
 */
export async function outlive(
  child: ChildProcess,
  closed: Promise<unknown>,
  tree: ProcessTree,
): Promise<boolean> {
  await Promise.race([closed, delay(afterlifeMs, undefined, { ref: false })]);
  // Whatever a program left running would take the machine from the next chunk.
  if (!tree.isGone()) void tree.end();
  const isEnded = (await tree.ended) !== false;
  child.stdout?.destroy();
  child.stderr?.destroy();
  await closed;
  return isEnded;
}

export interface Gone {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Whether it took too long, and was ended. */
  readonly isLate: boolean;
  /** False if some process of its tree cannot be killed. */
  readonly isEnded: boolean;
}

/** Waits until a process and all that it started are gone; ends them when the time is over or `stopped` is aborted. */
export async function untilGone(
  child: ChildProcess,
  tree: ProcessTree,
  timeoutSeconds: number,
  stopped: AbortSignal,
): Promise<Gone> {
  let isLate = false;
  const end = (): void => void tree.end();
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, timeoutSeconds * 1_000);
  stopped.addEventListener('abort', end);
  if (stopped.aborted) end();
  const closed = once(child, 'close');
  const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  stopped.removeEventListener('abort', end);
  return { exitCode, signal, isLate, isEnded: await outlive(child, closed, tree) };
}
