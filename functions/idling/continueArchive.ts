/** Carries on backups, restores and imports that nobody asks about any more, and removes bodies that no entry has. */
import { backupStep } from '../../shared/actions/backupJob.ts';
import { carryOn, isOver } from '../../shared/actions/carryOnImport.ts';
import { discardStep } from '../../shared/actions/discardBody.ts';
import { restoreStep } from '../../shared/actions/restoreJob.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { ArchiveWork, ImportWork } from '../../shared/model/backupJob.ts';
import type { Context } from '../../shared/runtime/context.ts';

/** Then the tick ends, and the next one goes on: nothing else of it should wait for longer. */
const LONGEST_MS = 30_000;

export async function continueArchive(context: Context): Promise<number> {
  const until = context.clock.now() + LONGEST_MS;
  let count = 0;
  for (const work of await context.backups.work()) {
    if (context.clock.now() >= until) break;
    if (await isEnded(context, work, until)) count += 1;
  }
  return count;
}

/** Work of which each step says what is left; an import says that elsewhere. */
type StepWork = Exclude<ArchiveWork, ImportWork>;

/** Takes steps until work has ended or the time is over. One that fails keeps the others from nothing. */
async function isEnded(context: Context, work: ArchiveWork, until: number): Promise<boolean> {
  try {
    if (work.kind === 'import') return await isImported(context, work, until);
    let left: StepWork | undefined = work;
    while (left !== undefined && context.clock.now() < until) left = await takeStep(context, left);
    return left === undefined;
  } catch (error) {
    const event = error instanceof DispatcherError ? 'archive-work-ended' : 'archive-work-failed';
    context.logger.log(event, { work: work.id }, error);
    return false;
  }
}

async function isImported(context: Context, { run }: ImportWork, until: number): Promise<boolean> {
  const work = await context.queueImports.find(run);
  if (work === undefined || isOver(work)) return false;
  return isOver(await carryOn(context, work, { until, exportUntil: until }));
}

function takeStep(context: Context, work: StepWork): Promise<StepWork | undefined> {
  switch (work.kind) {
    case 'backup':
      return backupStep(context, work);
    case 'restore':
      return restoreStep(context, work);
    case 'discard':
      return discardStep(context, work);
  }
}
