/**
 * Processor time and memory of a process tree, as well as Linux tells without asking often; 0 on other systems.
 *
 * Memory is sampled: the peak of the resident memory of all members together, shared pages counted in each of them; a peak
 * between two samples is missed. Processor time comes from the kernel's account of children that this agent has waited
 * for, which is exact for whatever the render itself has waited for; if two renders end in the same turn of the event
 * loop, the first is given the time of both.
 */
import type { ProcessTree } from './processTree.ts';
import { findProcess } from './procfs.ts';

/** Often at first, because a short render would else never be seen. */
const firstSamplesMs = [100, 400, 1_500];
const sampleMs = 5_000;

export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
}

let accounted = 0;

/** Processor seconds of the agent's children that ended since this was asked last. */
function takeEndedSeconds(): number {
  const total = process.platform === 'linux' ? (findProcess('self')?.endedChildrenSeconds ?? 0) : 0;
  const seconds = total - accounted;
  accounted = total;
  return seconds;
}

export class UsageMeter {
  readonly #tree: ProcessTree;
  #timer: NodeJS.Timeout | undefined;
  #sampledSeconds = 0;
  #endedSeconds = 0;
  #peakMemoryMb = 0;

  constructor(tree: ProcessTree) {
    this.#tree = tree;
    takeEndedSeconds();
    this.#arm(0);
  }

  /** To be called in the very turn in which the root process is known to have ended. */
  rootEnded(): void {
    this.#endedSeconds = takeEndedSeconds();
  }

  stop(): Usage {
    clearTimeout(this.#timer);
    return {
      cpuSeconds: Math.max(this.#sampledSeconds, this.#endedSeconds),
      peakMemoryMb: this.#peakMemoryMb,
    };
  }

  #arm(samples: number): void {
    if (process.platform !== 'linux') return;
    this.#timer = setTimeout(() => {
      this.#sample();
      this.#arm(samples + 1);
    }, firstSamplesMs[samples] ?? sampleMs);
  }

  #sample(): void {
    let seconds = 0;
    let memoryMb = 0;
    for (const member of this.#tree.members()) {
      seconds += member.ownSeconds + member.endedChildrenSeconds;
      memoryMb += member.memoryMb;
    }
    this.#sampledSeconds = Math.max(this.#sampledSeconds, seconds);
    this.#peakMemoryMb = Math.max(this.#peakMemoryMb, memoryMb);
  }
}
