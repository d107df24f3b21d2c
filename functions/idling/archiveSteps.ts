/** The steps of one piece of work of the archive. Loaded when there is any: mostly a tick finds none. */
import { backupStep } from '../../shared/actions/backupJob.ts';
import { carryOn, isOver } from '../../shared/actions/carryOnImport.ts';
import { discardStep } from '../../shared/actions/discardBody.ts';
import { restoreStep } from '../../shared/actions/restoreJob.ts';
import { DispatcherError } from '../../shared/errors.ts';
import type { ArchiveWork, ImportWork } from '../../shared/model/backupJob.ts';
import type { Context } from '../../shared/runtime/context.ts';

/** Work of which each step says what is left; an import says that elsewhere. */
type StepWork = Exclude<ArchiveWork, ImportWork>;

/** Takes steps until work has ended or the time is over. One that fails keeps the others from nothing. */
export async function isEnded(context: Context, work: ArchiveWork, until: number): Promise<boolean> {
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
