/** Runs seeds in a thread of its own, of the project as it is or with a defect. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FaultKind } from './faults.ts';
import { mutants } from './mutants.ts';
import { mutate } from './mutate.ts';

export interface Order {
  /** First seed, distance to the next, and the one before which to stop. */
  readonly from: number;
  readonly step: number;
  readonly until: number;
  readonly nodes: number | undefined;
  readonly faults: readonly FaultKind[] | undefined;
  /** Name of the defect to run with. */
  readonly mutant: string | undefined;
  /** Whether the first violation ends the work. */
  readonly stopsAtViolation: boolean;
}

export interface SeedReport {
  readonly seed: number;
  readonly chunkLives: number;
  /** Processor time, which says the same on a machine that is busy with other things. */
  readonly milliseconds: number;
  readonly wasPutAside: boolean;
  readonly violation: { readonly rule: string; readonly message: string } | undefined;
}

const order = workerData as Order;
const mutant = mutants.find(({ name }) => name === order.mutant);
if (mutant !== undefined) mutate(mutant);
// After the defect is in place.
const { runSeed } = await import('./run.ts');

for (let seed = order.from; seed < order.until; seed += order.step) {
  const begun = process.threadCpuUsage();
  const { chunkLives, violation, wasPutAside } = await runSeed({
    seed,
    ...(order.nodes !== undefined && { nodes: order.nodes }),
    ...(order.faults !== undefined && { faults: order.faults }),
  });
  const { user, system } = process.threadCpuUsage(begun);
  const report: SeedReport = {
    seed,
    chunkLives,
    milliseconds: (user + system) / 1_000,
    wasPutAside,
    violation: violation && { rule: violation.rule, message: violation.message },
  };
  parentPort?.postMessage(report);
  if (violation !== undefined && order.stopsAtViolation) break;
}
