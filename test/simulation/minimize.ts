/** Makes a failing seed easy to look at: as few kinds of faults as it still fails with, and what happened to its job. */
import type { FaultKind } from './faults.ts';
import { type RunOptions, type RunResult, runSeed } from './run.ts';

export interface MinimalRun {
  readonly faults: readonly FaultKind[];
  readonly result: RunResult;
  readonly trace: readonly string[];
}

const LINES = 60;

/** Leaves out one kind after another that the same rule is broken without. */
export async function minimize(options: RunOptions, failed: RunResult): Promise<MinimalRun> {
  let faults: readonly FaultKind[] = [...failed.faults.keys(), ...silent];
  for (const kind of faults) {
    const fewer = faults.filter((other) => other !== kind);
    const result = await runSeed({ ...options, faults: fewer });
    if (result.violation?.rule === failed.violation?.rule) faults = fewer;
  }
  const result = await runSeed({ ...options, faults, isTraced: true });
  return { faults, result, trace: linesAbout(result).slice(-LINES) };
}

/** Kinds that are always there when they are there at all, and so are never counted. */
const silent: readonly FaultKind[] = ['index-stale', 'read-stale', 'clock-skew'];

function linesAbout({ trace, violation }: RunResult): readonly string[] {
  const jobId = violation?.jobId;
  if (jobId === undefined) return trace;
  const mentions = new RegExp(`job ${jobId}\\b|"jobId":${jobId}\\b|chunk ${jobId}/|VIOLATION`);
  return trace.filter((line) => mentions.test(line));
}
