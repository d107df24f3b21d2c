/** The backup group. Does not compile while an operation of the contract is missing. */
import * as backup from '../../shared/contract/backup.ts';
import { groupHandler, type HttpHandler } from '../../shared/http/groupHandler.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { backupGetBoundaries } from './backupGetBoundaries.ts';
import { backupJob } from './backupJob.ts';
import { backupJobAndDelete } from './backupJobAndDelete.ts';
import { backupQuery } from './backupQuery.ts';
import { backupRestoreJob } from './backupRestoreJob.ts';

export const createHandler = (context: Context): HttpHandler =>
  groupHandler(
    backup,
    { backupJob, backupJobAndDelete, backupRestoreJob, backupGetBoundaries, backupQuery },
    context,
  );
